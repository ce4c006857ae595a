// The shell: an ordinary task without privileges. It reads a line, starts each command as a task
// that leads a job of its own, and waits for it, unless the command ends in &. Ctrl-C goes to the
// job in the foreground: while a command runs that is the command, at the prompt it is the shell
// itself.

#include "programs/lib/command_line.h"
#include "programs/lib/jobs.h"
#include "programs/lib/line_reader.h"
#include "programs/lib/manual_page.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/cancel_task.h"
#include "syscalls/get_tid.h"
#include "syscalls/new_task.h"
#include "syscalls/open.h"
#include "syscalls/set_foreground.h"
#include "syscalls/task_info.h"
#include "syscalls/wait_task.h"
#include "tasks/interruption.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <sstream>

namespace yos {
namespace {

constexpr int usage_status = 2;
constexpr int not_found_status = 127;

class Shell {
public:
    Shell(Invocation invocation, bool interactive)
        : io_(std::move(invocation)), interactive_(interactive) {}

    /// Reads and runs lines until the end of the file or `exit`; evaluates to the exit status.
    Coroutine<int> run(Fd script) {
        self_ = co_yield GetTid{};
        // A terminal gives a line at a time; of a script, the programs it runs may read what
        // follows.
        LineReader lines(script, !interactive_);
        while (!done_) {
            try {
                if (interactive_) {
                    co_await tell_of_ended_jobs();
                    co_await print(io_.out, "yos$ ");
                }
                const std::optional<std::string> line = co_await lines.read_line();
                if (!line) {
                    break;
                }
                co_await run_line(*line);
                continue;
            } catch (const Cancelled&) {
                status_ = ExitStatus::cancelled_code;
            }
            if (!interactive_) {
                break;
            }
            co_yield SetForeground{self_};
            co_await print(io_.out, "\n");
        }
        if (interactive_ && !done_) {
            co_await print(io_.out, "exit\n");
        }
        co_return status_;
    }

    Coroutine<int> run_commands(std::string commands) {
        self_ = co_yield GetTid{};
        try {
            co_await run_line(std::move(commands));
        } catch (const Cancelled&) {
            status_ = ExitStatus::cancelled_code;
        }
        co_return status_;
    }

private:
    using Words = std::vector<std::string>;

    Coroutine<> run_line(std::string line) {
        std::vector<Command> commands;
        std::string wrong;
        try {
            commands = parse_command_line(line);
        } catch (const SyntaxError& error) {
            wrong = error.what();
        }
        if (!wrong.empty()) {
            co_await print(io_.err, "sh: {}\n", wrong);
            status_ = usage_status;
        }
        for (const Command& command : commands) {
            co_await run_command(command);
            const bool interrupted = status_ == ExitStatus::cancelled_code;
            if (done_ || (interrupted && !interactive_)) {
                done_ = true;
                break;
            }
        }
    }

    Coroutine<> run_command(const Command& command) {
        Words words;
        for (const Word& word : command.words) {
            words.push_back(expand(word, status_));
        }
        const std::string name = words.front();
        words.erase(words.begin());

        for (const Builtin& builtin : builtins) {
            if (name == builtin.name) {
                status_ = co_await (this->*builtin.run)(std::move(words));
                co_return;
            }
        }
        const ProgramRef program = co_await find_program(name);
        if (!program) {
            co_await say_not_found(name);
            status_ = not_found_status;
            co_return;
        }
        name_jobs_by_tid(words);
        co_await start(program, std::move(words), command);
    }

    Coroutine<> start(ProgramRef program, Words words, const Command& command) {
        Invocation started(program, std::move(words));
        started.in = io_.in;
        started.out = io_.out;
        started.err = io_.err;
        if (command.background) {
            started.in = co_await nothing_to_read();
        }
        const Tid tid =
            co_yield NewTask{Program::run(std::move(started)), std::string(program->name())}
                .joinable()
                .leads_job();
        if (command.background) {
            const Job& job = jobs_.add(tid, command.text);
            status_ = 0;
            if (interactive_) {
                co_await print(io_.out, "[{}] {}\n", job.number, tid);
            }
            co_return;
        }
        status_ = co_await wait_in_foreground(tid);
    }

    /// The exit status of a job that Ctrl-C goes to meanwhile.
    Coroutine<int> wait_in_foreground(Tid tid) {
        co_yield SetForeground{tid};
        const std::optional<ExitStatus> exit = co_yield WaitTask{tid};
        co_yield SetForeground{self_};
        if (!exit) {
            co_return 0;
        }
        if (interactive_ && exit->how == ExitStatus::How::cancelled) {
            co_await print(io_.out, "\n");  // behind the ^C
        } else if (interactive_ && exit->how != ExitStatus::How::returned) {
            co_await print(io_.err, "{}\n", describe(*exit));
        }
        co_return exit->code;
    }

    /// Background jobs do not read what is typed to the shell.
    Coroutine<Fd> nothing_to_read() {
        if (null_.fd() == Fd{}) {
            null_ = co_yield Open{"/dev/null", O_RDONLY};
        }
        co_return null_;
    }

    /// A program that takes a tid takes %2, too.
    void name_jobs_by_tid(Words& words) const {
        for (std::string& word : words) {
            const Job* job = word.starts_with('%') ? jobs_.find(word) : nullptr;
            if (job != nullptr) {
                word = std::to_string(job->tid);
            }
        }
    }

    Coroutine<> say_not_found(std::string name) {
        const std::string nearest = co_await nearest_program(name);
        std::string advice = "; help lists them";
        if (!nearest.empty()) {
            advice = fmt::format(": did you mean {}?", nearest);
        }
        co_await print(io_.err, "sh: no program \"{}\"{}\n", name, advice);
    }

    Coroutine<> tell_of_ended_jobs() {
        const std::vector<Job> jobs = jobs_.all();
        for (const Job& job : jobs) {
            const std::optional<TaskSnapshot> task = co_yield TaskInfo{job.tid};
            if (task && task->state != Task::State::zombie) {
                continue;
            }
            const std::optional<ExitStatus> exit = co_yield WaitTask{job.tid};
            std::string end = "gone";
            if (exit) {
                end = describe(*exit);
            }
            co_await print(io_.out, "[{}] {}: {}\n", job.number, end, job.text);
            jobs_.remove(job.tid);
        }
    }

    static std::string describe(const ExitStatus& exit) {
        std::ostringstream text;
        text << exit;
        return text.str();
    }

    // ---- What only the shell itself can do ----

    struct Builtin {
        const char* name;
        const char* summary;
        Coroutine<int> (Shell::*run)(Words);
    };
    static const std::vector<Builtin> builtins;

    Coroutine<int> run_help(Words words) {
        std::vector<std::pair<std::string_view, std::string_view>> lines;
        const std::vector<ProgramRef> programs = co_await all_programs();
        for (const ProgramRef& program : programs) {
            lines.emplace_back(program->name(), program->summary());
        }
        for (const Builtin& builtin : builtins) {
            lines.emplace_back(builtin.name, builtin.summary);
        }
        std::sort(lines.begin(), lines.end());
        bool found = words.empty();
        for (const auto& [name, summary] : lines) {
            if (words.empty() || name == words.front()) {
                co_await print(io_.out, "{:<14} {}\n", name, summary);
                found = true;
            }
        }
        if (!found) {
            co_return co_await help_on_call(words.front());
        }
        if (words.empty()) {
            co_await print(io_.out,
                           "PROGRAM --help tells more. A & at the end runs it in the "
                           "background.\nman lists the system calls.\n");
        }
        co_return 0;
    }

    Coroutine<int> help_on_call(std::string name) {
        const Manual manual = co_await open_manual();
        const ManualPage* page = manual.find(name);
        if (page == nullptr) {
            co_await say_not_found(name);
            co_return 1;
        }
        co_await print(io_.out,
                       "{} is a system call: {}\nman {} tells more.\n",
                       page->name(),
                       page->summary(),
                       page->name());
        co_return 0;
    }

    Coroutine<int> run_jobs(Words /*words*/) {
        co_await tell_of_ended_jobs();
        const std::vector<Job> jobs = jobs_.all();
        for (const Job& job : jobs) {
            co_await print(io_.out, "[{}] task {}: {}\n", job.number, job.tid, job.text);
        }
        co_return 0;
    }

    Coroutine<int> run_wait(Words words) {
        std::vector<Job> waited = jobs_.all();
        if (!words.empty()) {
            const Job* job = jobs_.find(words.front());
            if (job == nullptr) {
                co_return co_await complain_of_job(words.front());
            }
            waited = {*job};
        }
        int status = 0;
        for (const Job& job : waited) {
            const std::optional<ExitStatus> exit = co_yield WaitTask{job.tid};
            status = exit ? exit->code : 0;
            jobs_.remove(job.tid);
        }
        co_return words.empty() ? 0 : status;
    }

    Coroutine<int> run_fg(Words words) {
        const std::string name = words.empty() ? "" : words.front();
        const Job* job = jobs_.find(name);
        if (job == nullptr) {
            co_return co_await complain_of_job(name);
        }
        const Tid tid = job->tid;
        co_await print(io_.out, "{}\n", job->text);
        const int status = co_await wait_in_foreground(tid);
        jobs_.remove(tid);
        co_return status;
    }

    Coroutine<int> run_exit(Words words) {
        if (words.empty()) {
            done_ = true;
            co_return status_;
        }
        int status = 0;
        const std::string& text = words.front();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
        if (error != std::errc{} || *end != '\0' || status < 0 || status > 255) {
            co_await print(io_.err, "sh: exit: \"{}\" is no status from 0 to 255\n", text);
            co_return usage_status;
        }
        done_ = true;
        co_return status;
    }

    Coroutine<int> complain_of_job(std::string name) {
        if (name.empty()) {
            co_await print(io_.err, "sh: there is no job in the background\n");
        } else {
            co_await print(io_.err, "sh: no job \"{}\": jobs lists them\n", name);
        }
        co_return 1;
    }

    const Invocation io_;
    const bool interactive_;
    Tid self_ = kernel_tid;
    Jobs jobs_;
    Descriptor null_;
    int status_ = 0;
    bool done_ = false;
};

const std::vector<Shell::Builtin> Shell::builtins = {
    {"help", "list what can be run; help NAME: one of it", &Shell::run_help},
    {"jobs", "list what runs in the background", &Shell::run_jobs},
    {"wait", "wait for the jobs in the background; wait %N: for one", &Shell::run_wait},
    {"fg", "bring a job to the foreground; fg %N: that one", &Shell::run_fg},
    {"exit", "leave the shell; exit STATUS: with this one", &Shell::run_exit},
};

Coroutine<int> sh(Invocation invocation) {
    std::string commands;
    std::string script;
    bool interactive = false;
    std::vector<std::string> none;
    Options options(invocation);
    options.flag("-i", interactive, "prompt for each line");
    options.option("-c", "COMMANDS", commands, "run these, instead of lines from the input");
    options.optional("SCRIPT", script, "run this file's lines");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Shell shell(invocation, interactive);
    if (!commands.empty()) {
        co_return co_await shell.run_commands(commands);
    }
    if (!script.empty()) {
        const Descriptor file = co_yield Open{script};
        co_return co_await shell.run(file);
    }
    if (interactive) {
        co_await print(invocation.out,
                       "yos: a kernel of coroutines. Type help, or exit to leave.\n");
    }
    co_return co_await shell.run(invocation.in);
}

const Program program("sh", "the shell: run lines of commands", sh);

}  // namespace
}  // namespace yos
