#include "programs/terminal/session.h"

#include "kernel/uapi/terminal_message.h"
#include "programs/lib/files.h"
#include "programs/lib/print.h"
#include "syscalls/accept.h"
#include "syscalls/answer_of.h"
#include "syscalls/close.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"

#include <chrono>

namespace yos::terminal {
namespace {

using SharedDescriptor = std::shared_ptr<Descriptor>;

/// What is open for a session, and is closed when it ends, however it does: with that end the tasks
/// that pass on what is typed and shown.
struct Session {
    Session(SharedDescriptor person, SharedDescriptor line)
        : person(std::move(person)), line(std::move(line)) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() {
        person->reset();
        line->reset();
    }

    const SharedDescriptor person;
    const SharedDescriptor line;
};

/// Copies until one side has ended.
Coroutine<> pass_on(SharedDescriptor from, SharedDescriptor to) {
    co_await answer_of(copy(*from, *to));  // a side may have gone
}

/// When the person goes, so does the line.
Coroutine<> pass_on_keys(SharedDescriptor person, SharedDescriptor line) {
    co_await pass_on(person, line);
    person->reset();
    line->reset();
}

Coroutine<> tell_status(SharedDescriptor person, int status) {
    const TerminalMessage message{TerminalMessage::Kind::status, std::to_string(status)};
    co_await answer_of(write_all(*person, encode(message)));  // who may have gone
}

/// When the line is closed the shell ends; when the shell ends, the terminal is closed, and so the
/// person is shown the rest, told how it ended, and let go.
Coroutine<> run_session(Descriptor connection, std::shared_ptr<const Environment> environment) {
    TerminalEnds ends = co_yield OpenTerminal{};
    const Session session(std::make_shared<Descriptor>(std::move(connection)),
                          std::make_shared<Descriptor>(std::move(ends.line)));
    const Tid keyboard = co_yield NewTask{pass_on_keys(session.person, session.line), "keyboard"};
    const Tid screen = co_yield NewTask{pass_on(session.line, session.person), "screen"}.joinable();
    const Tid shell = co_await start_shell(ends.terminal, std::move(environment));
    const std::optional<ExitStatus> exit = co_yield WaitTask{shell};
    co_yield KillTask{keyboard};  // what is typed from now on must not close anything
    ends.terminal.reset();
    co_yield WaitTask{screen};
    co_await tell_status(session.person, exit ? exit->code : 1);
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

Coroutine<> serve_next(Fd listener, std::shared_ptr<const Environment> environment) {
    Descriptor connection = co_yield Accept{listener};
    co_yield NewTask{run_session(std::move(connection), std::move(environment)), "session"};
}

Coroutine<> serve_sessions(Descriptor listener, std::shared_ptr<const Environment> environment) {
    for (;;) {
        const auto served = co_await answer_of(serve_next(listener, environment));
        if (!served) {  // for want of descriptors or tasks: later there may be some
            co_yield Sleep{std::chrono::milliseconds(100)};
        }
    }
}

}  // namespace yos::terminal
