// The shell: an ordinary program without privileges. Here is the loop that reads lines; what they
// mean and how they are run is in programs/shell/.

#include "programs/lib/line_reader.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/shell/completion.h"
#include "programs/shell/job_control.h"
#include "programs/shell/shell.h"
#include "syscalls/answer_of.h"
#include "tasks/interruption.h"

#include <algorithm>

namespace yos {
namespace {

using shell::Shell;

/// Reads and runs lines until the end of the file or `exit`.
Coroutine<> run_lines_of(Shell& shell, Fd input, bool interactive) {
    // A terminal gives a line at a time; of a script, the programs it runs may read what follows.
    LineReader lines(input, !interactive);
    std::string text;    // of a construct that goes on in the next line
    std::string awaits;  // what it needs for that
    shell::Source source("sh", interactive ? 0 : 1);
    bool interrupted = false;
    while (!shell.done() && (interactive || !interrupted)) {
        try {
            if (std::exchange(interrupted, false)) {
                text.clear();
                awaits.clear();
                co_await shell.recover();
                co_await print(shell.state().out(), "\n");
            }
            if (interactive && text.empty()) {
                co_await shell::tell_of_ended_jobs(shell.state());
            }
            if (interactive) {
                co_await print(shell.state().out(), "{}", text.empty() ? "yos$ " : "> ");
                co_await shell::await_line(shell);
            }
            const std::optional<std::string> line = co_await lines.read_line();
            if (!line) {
                co_await shell.run_text(text, source);
                break;
            }
            text.append(*line).append("\n");
            if (line->find(awaits) == std::string::npos) {
                continue;
            }
            const bool complete = co_await shell.run_text(text, source, true);
            awaits = complete ? "" : shell.awaits();
            if (complete) {
                const auto lines_run = std::count(text.begin(), text.end(), '\n');
                source.first_line += interactive ? 0 : static_cast<std::size_t>(lines_run);
                text.clear();
            }
        } catch (const Cancelled&) {
            interrupted = true;  // as it may be again, while it recovers
        }
    }
    if (interrupted) {
        co_await shell.recover();  // for its status
    }
    if (interactive && !shell.done()) {
        co_await print(shell.state().out(), "exit\n");
    }
    if (interactive) {
        co_await shell::end_stopped_jobs(shell.state());
    }
}

Coroutine<> run_commands(Shell& shell, std::string text, shell::Source source) {
    try {
        co_await shell.run_text(std::move(text), std::move(source));
        co_return;
    } catch (const Cancelled&) {
    }
    co_await shell.recover();
}

Coroutine<int> sh(Invocation invocation) {
    const std::string not_given(1, '\0');
    std::string commands = not_given;
    std::vector<std::string> words;
    bool interactive = false;
    bool exit_on_error = false;
    bool trace = false;
    Options options(invocation);
    options.flag("-i", interactive, "prompt for each line");
    options.flag("-e", exit_on_error, "end when a command fails");
    options.flag("-x", trace, "print each command before it is run");
    options.option("-c", "COMMANDS", commands, "run these, instead of lines from the input");
    options.rest("WORD", words, "a script to run, and its arguments; with -c: $0, $1 and so on");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Shell shell(invocation, interactive);
    shell.state().exit_on_error = exit_on_error;
    shell.state().trace = trace;
    if (!words.empty()) {
        shell.state().name = words.front();
        shell.state().arguments = shell::Shared(std::vector(words.begin() + 1, words.end()));
    }
    if (commands != not_given) {
        co_await run_commands(shell, std::move(commands), shell::Source());
    } else if (!words.empty()) {
        auto script = co_await answer_of(shell::read_script(words.front()));
        if (!script) {
            co_await print(invocation.err, "sh: {}: {}\n", words.front(), script.error().message());
            co_return shell::status_without(script.error());
        }
        co_await run_commands(shell, *std::move(script), shell::Source(words.front(), 1));
    } else {
        if (interactive) {
            co_await shell::take_terminal(shell.state());
            co_await print(invocation.out,
                           "yos: a kernel of coroutines. Type help, or exit to leave.\n");
        }
        co_await run_lines_of(shell, invocation.in, interactive);
    }
    co_return shell.status();
}

const Program program("sh", "the shell: run lines of commands", sh);

}  // namespace
}  // namespace yos
