#include "programs/terminal/session.h"

#include "programs/lib/files.h"
#include "syscalls/accept.h"
#include "syscalls/close.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"

#include <chrono>

namespace yos::terminal {
namespace {

using SharedDescriptor = std::shared_ptr<Descriptor>;

/// Copies until one side has ended, and then ends the other.
Coroutine<> pass_on(SharedDescriptor from, SharedDescriptor to) {
    try {
        co_await copy(*from, *to);
    } catch (const std::system_error&) {  // a side that has gone
    }
    from->reset();
    to->reset();
}

/// When the person goes, the line is closed, and so the shell ends; when the shell ends, the
/// terminal is closed, and so the person is let go.
Coroutine<> run_session(Descriptor connection, std::shared_ptr<const Environment> environment) {
    TerminalEnds ends = co_yield OpenTerminal{};
    const auto person = std::make_shared<Descriptor>(std::move(connection));
    const auto line = std::make_shared<Descriptor>(std::move(ends.line));
    co_yield NewTask{pass_on(person, line), "keyboard"};
    co_yield NewTask{pass_on(line, person), "screen"};
    const Tid shell = co_await start_shell(ends.terminal, std::move(environment));
    co_yield WaitTask{shell};
}

}  // namespace

Coroutine<Tid> start_shell(Fd terminal, std::shared_ptr<const Environment> environment) {
    const ProgramRef sh = co_await find_program("sh");
    std::vector<std::string> words;
    words.emplace_back("-i");
    Invocation invocation(sh, std::move(words));
    invocation.in = invocation.out = invocation.err = terminal;
    invocation.environment = std::move(environment);
    co_return co_yield NewTask{Program::run(std::move(invocation)), "sh"}.joinable().leads_job();
}

Coroutine<> serve_sessions(Descriptor listener, std::shared_ptr<const Environment> environment) {
    for (;;) {
        bool refused = false;
        try {
            Descriptor connection = co_yield Accept{listener};
            co_yield NewTask{run_session(std::move(connection), environment), "session"};
        } catch (const std::system_error&) {
            refused = true;  // for want of descriptors or tasks: later there may be some
        }
        if (refused) {
            co_yield Sleep{std::chrono::milliseconds(100)};
        }
    }
}

}  // namespace yos::terminal
