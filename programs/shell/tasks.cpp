// The part of the interpreter that makes tasks: stages, subshells, jobs, and what waits for them.

#include "programs/lib/print.h"
#include "programs/shell/shell.h"
#include "syscalls/answer_of.h"
#include "syscalls/continue_job.h"
#include "syscalls/new_task.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/select.h"
#include "syscalls/set_foreground.h"
#include "syscalls/wait_stopped.h"
#include "syscalls/wait_task.h"

#include <sstream>

namespace yos::shell {
namespace {

/// What a task that runs this command is called in ps.
std::string name_of(const Command& command) {
    const auto* simple = std::get_if<SimpleCommand>(&command.what);
    if (simple == nullptr || simple->words.empty() || simple->words.front().parts.size() != 1) {
        return "sh";
    }
    const auto* text = std::get_if<std::string>(&simple->words.front().parts.front().what);
    return text != nullptr ? *text : "sh";
}

/// A list as one command, for a task to run.
CommandRef command_of(List list) {
    auto command = std::make_shared<Command>();
    command->what = Group{std::move(list), true};
    return command;
}

}  // namespace

/// `job`: none for the parent's; kernel_tid: one of its own; else the one it joins.
Coroutine<Tid> Shell::spawn(Main main, std::string name, std::optional<Tid> job) {
    if (!job) {
        co_return co_yield NewTask{std::move(main), std::move(name)}.joinable();
    }
    if (*job == kernel_tid) {
        co_return co_yield NewTask{std::move(main), std::move(name)}.joinable().leads_job();
    }
    co_return co_yield NewTask{std::move(main), std::move(name)}.joinable().joins_job(*job);
}

std::unique_ptr<Shell> Shell::copy() const {
    auto shell = std::make_unique<Shell>(*this);
    shell->jobs_ = {};
    shell->subshell_ = true;
    return shell;
}

/// The main of a task beside the shell.
Coroutine<int> Shell::run_apart(std::unique_ptr<Shell> shell, CommandRef command) {
    const auto* group = std::get_if<Group>(&command->what);
    if (std::holds_alternative<SimpleCommand>(command->what)) {
        co_await shell->run_simple(*command, true);
    } else if (group == nullptr || !group->subshell) {
        co_await shell->run_command(command);
    } else if (co_await shell->redirect(command->redirections)) {
        co_await shell->run_list(group->body);
    }
    co_return shell->status();
}

Coroutine<Tid> Shell::start_apart(CommandRef command, Streams streams, std::optional<Tid> job) {
    std::unique_ptr<Shell> shell = copy();
    shell->state_.streams = std::move(streams);
    std::string name = name_of(*command);
    Main main = run_apart(std::move(shell), std::move(command));
    co_return co_await spawn(std::move(main), std::move(name), job);
}

/// Starts the stages of a pipeline, and connects them. When there are not enough tasks for all,
/// those that were started find their pipes closed.
Coroutine<std::vector<Tid>> Shell::start_stages(const Pipeline& pipeline, std::optional<Tid> job) {
    std::vector<Tid> tasks;
    Stream input = state_.streams[0];
    for (const CommandRef& stage : pipeline.stages) {
        Streams streams = state_.streams;
        streams[0] = std::exchange(input, Stream());
        if (&stage != &pipeline.stages.back()) {
            PipeEnds pipe = co_yield Pipe{};
            streams[1] = Stream::owning(std::move(pipe.writer));
            input = Stream::owning(std::move(pipe.reader));
        }
        const auto task = co_await answer_of(start_apart(stage, std::move(streams), job));
        if (!task) {
            co_await print(err(), "sh: cannot start a task: {}\n", task.error().message());
            state_.status = not_runnable_status;
            break;
        }
        tasks.push_back(*task);
        if (job && *job == kernel_tid) {
            job = tasks.front();
        }
    }
    co_return tasks;
}

/// An interactive shell gives each command a job of its own, for Ctrl-C and Ctrl-Z; what scripts
/// and subshells start belongs to their own.
std::optional<Tid> Shell::foreground_job() const {
    return state_.interactive && !subshell_ ? std::optional(kernel_tid) : std::nullopt;
}

/// Ctrl-Z: the job waits in the background until fg or bg.
Coroutine<> Shell::put_aside(std::vector<Tid> tasks, std::string text) {
    const int number = jobs_.add(std::move(tasks), std::move(text)).number;
    jobs_.set_stopped(number, true);
    state_.status = stopped_status;
    flow_ = Flow::interrupted;
    const Job* job = jobs_.find("%" + std::to_string(number));
    co_await print(out(), "\n[{}] stopped: {}\n", number, job->text);
}

/// Waits for them; the status of the last is the shell's.
Coroutine<> Shell::run_in_foreground(std::vector<Tid> tasks, std::string text) {
    if (tasks.empty()) {
        co_return;
    }
    const bool own_job = foreground_job().has_value();
    const Tid leader = tasks.front();
    if (own_job) {
        co_yield SetForeground{state_.terminal, leader}.may_stop();
        co_yield ContinueJob{leader};
    }
    std::optional<ExitStatus> exit;
    bool stopped = false;
    for (std::size_t i = 0; i < tasks.size() && !stopped; ++i) {
        if (!own_job) {
            exit = co_yield WaitTask{tasks[i]};
            continue;
        }
        auto first = co_yield Select{WaitTask{tasks[i]}, WaitStopped{leader}};
        stopped = first.index() == 1;
        if (!stopped) {
            exit = std::get<0>(first);
        }
    }
    if (own_job) {
        co_await take_terminal();
    }
    if (stopped) {
        co_return co_await put_aside(std::move(tasks), std::move(text));
    }
    state_.status = exit ? exit->code : 0;
    if (!own_job || !exit || exit->how == ExitStatus::How::returned) {
        co_return;
    }
    if (exit->how == ExitStatus::How::cancelled && exit->by == kernel_tid) {
        flow_ = Flow::interrupted;    // nothing else of the line is run
        co_await print(out(), "\n");  // behind the ^C
    } else {
        co_await print(err(), "{}\n", describe(*exit));
    }
}

/// A background job does not read what is typed to the shell.
Coroutine<> Shell::start_in_background(const Item& item) {
    const Redirected restored(state_.streams);
    PipeEnds nothing = co_yield Pipe{};  // not /dev/null: a root of its own may have none
    nothing.writer.reset();
    state_.streams[0] = Stream::owning(std::move(nothing.reader));
    const std::optional<Tid> job = subshell_ ? std::nullopt : std::optional(kernel_tid);
    std::vector<Tid> tasks;
    if (item.what->rest.empty() && !item.what->first.negated) {
        tasks = co_await start_stages(item.what->first, job);
    } else {
        Item whole = item;
        whole.background = false;
        Pipeline pipeline;
        pipeline.stages.push_back(command_of({std::move(whole)}));
        tasks = co_await start_stages(pipeline, job);
    }
    if (tasks.empty()) {
        co_return;
    }
    state_.last_job_task = tasks.back();
    state_.status = 0;
    const Job& started = jobs_.add(std::move(tasks), item.text);
    if (state_.interactive && !subshell_) {
        co_await print(err(), "[{}] {}\n", started.number, state_.last_job_task);
    }
}

/// All that the commands print, without the newlines at its end.
Coroutine<std::string> Shell::output_of(std::shared_ptr<const List> commands) {
    PipeEnds pipe = co_yield Pipe{};
    Streams streams = state_.streams;
    streams[1] = Stream::owning(std::move(pipe.writer));
    const Tid task = co_await start_apart(command_of(*commands), std::move(streams), std::nullopt);
    std::string output = co_await read_to_end(pipe.reader);
    const std::optional<ExitStatus> exit = co_yield WaitTask{task};
    state_.status = exit ? exit->code : 0;
    substitution_status_ = state_.status;
    output.erase(output.find_last_not_of('\n') + 1);
    co_return output;
}

Coroutine<std::string> read_to_end(Fd fd) {
    constexpr std::size_t at_once = 65'536;
    std::string text;
    std::string chunk(at_once, '\0');
    while (const std::size_t got = co_yield Read{fd, chunk}) {
        text.append(chunk, 0, got);
    }
    co_return text;
}

std::string Shell::describe(const ExitStatus& exit) {
    std::ostringstream text;
    text << exit;
    return text.str();
}

}  // namespace yos::shell
