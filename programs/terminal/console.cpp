// The first task of an interactive yos: a terminal on the host's own keyboard and screen, with a
// shell that runs there. Others may attach to the same machine from elsewhere.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/terminal/front.h"
#include "programs/terminal/session.h"
#include "syscalls/listen.h"
#include "syscalls/new_task.h"
#include "syscalls/wait_task.h"

namespace yos {
namespace {

Coroutine<> allow_to_attach(std::string path, std::shared_ptr<const Environment> environment) {
    Descriptor listener = co_yield Listen{Address::parse("unix:" + path)};
    co_yield NewTask{terminal::serve_sessions(std::move(listener), std::move(environment)),
                     "attach-server"};
}

/// When the shell ends the terminal is closed, and so its front is shown the rest, and ends.
Coroutine<int> run_shell(Descriptor terminal, std::shared_ptr<const Environment> environment) {
    const Tid shell = co_await terminal::start_shell(terminal, std::move(environment));
    const std::optional<ExitStatus> exit = co_yield WaitTask{shell};
    co_return exit ? exit->code : 0;
}

/// It is the front itself that hears of Ctrl-C, and answers for all that it has started.
Coroutine<int> console(Invocation invocation) {
    std::string socket;
    Options options(invocation);
    options.option("--attach-at", "PATH", socket, "let others attach by a socket of this path");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::string history = terminal::history_of(*invocation.environment);
    std::string failure;
    try {
        if (!socket.empty()) {
            co_await allow_to_attach(socket, invocation.environment);
        }
    } catch (const std::system_error& error) {
        failure = error.what();
    }
    if (!failure.empty()) {
        co_await print(invocation.err, "yos: nobody can attach: {}\n", failure);
    }
    TerminalEnds ends = co_yield OpenTerminal{}.shows_log();
    const Tid session =
        co_yield NewTask{run_shell(std::move(ends.terminal), invocation.environment),
                         "console-shell"}
            .joinable();
    terminal::Front front(invocation.in, invocation.out, ends.line, history);
    co_await front.run();
    ends.line.reset();  // if the keyboard has gone, the shell is to learn of it
    const std::optional<ExitStatus> exit = co_yield WaitTask{session};
    co_return exit ? exit->code : 0;
}

const Program program("console", "a shell at this keyboard and screen", console);

}  // namespace
}  // namespace yos
