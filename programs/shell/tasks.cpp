// The part of the interpreter that makes tasks: stages, subshells, jobs.

#include "programs/lib/print.h"
#include "programs/shell/job_control.h"
#include "programs/shell/redirect.h"
#include "programs/shell/shell.h"
#include "syscalls/answer_of.h"
#include "syscalls/detach_task.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/wait_task.h"
#include "tasks/interruption.h"

#include <exception>

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

std::unique_ptr<Shell> Shell::copy() const {
    auto shell = std::make_unique<Shell>(*this);
    shell->state_.jobs = Jobs();
    shell->state_.subshell = true;
    return shell;
}

/// The main of a task beside the shell.
Coroutine<int> Shell::run_apart(std::unique_ptr<Shell> shell, CommandRef command) {
    const auto* group = std::get_if<Group>(&command->what);
    if (std::holds_alternative<SimpleCommand>(command->what)) {
        co_await shell->run_simple(*command, true);
    } else if (group == nullptr || !group->subshell) {
        co_await shell->run_command(command);
    } else if (co_await redirect(*shell, command->redirections)) {
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
            co_await print(state_.err(), "sh: cannot start a task: {}\n", task.error().message());
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

/// A background job does not read what is typed to the shell.
Coroutine<> Shell::start_in_background(const Item& item) {
    const Redirected restored(state_.streams);
    PipeEnds nothing = co_yield Pipe{};  // not /dev/null: a root of its own may have none
    nothing.writer.reset();
    state_.streams[0] = Stream::owning(std::move(nothing.reader));
    const std::optional<Tid> job = state_.subshell ? std::nullopt : std::optional(kernel_tid);
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
    const Job& started = state_.jobs.add(std::move(tasks), item.text);
    if (state_.interactive && !state_.subshell) {
        co_await print(state_.err(), "[{}] {}\n", started.number, state_.last_job_task);
    }
}

/// All that the commands print, without the newlines at its end.
Coroutine<std::string> Shell::output_of(std::shared_ptr<const List> commands) {
    PipeEnds pipe = co_yield Pipe{};
    Streams streams = state_.streams;
    streams[1] = Stream::owning(std::move(pipe.writer));
    const Tid task = co_await start_apart(command_of(*commands), std::move(streams), std::nullopt);
    std::string output;
    std::exception_ptr interruption;
    try {
        output = co_await read_to_end(pipe.reader);
    } catch (const Interruption&) {
        interruption = std::current_exception();
    }
    if (interruption != nullptr) {
        co_yield DetachTask{task};  // nobody will wait for it
        std::rethrow_exception(interruption);
    }
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

}  // namespace yos::shell
