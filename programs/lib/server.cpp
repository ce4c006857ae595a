#include "programs/lib/server.h"

#include "programs/lib/print.h"
#include "syscalls/accept.h"
#include "syscalls/join.h"
#include "syscalls/new_task.h"
#include "syscalls/open_signals.h"
#include "syscalls/read_wait.h"
#include "syscalls/select.h"
#include "syscalls/set_event.h"
#include "syscalls/sleep.h"
#include "syscalls/tried.h"
#include "syscalls/with_timeout.h"

#include <chrono>
#include <csignal>
#include <optional>
#include <set>
#include <utility>

namespace yos {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_clients = 1'000'000;  // of a server that does not care
constexpr Duration to_clean_up = 500ms;          // for those that are cancelled
constexpr Duration between_looks = 10ms;         // when there is no room for another client
constexpr Duration between_tries = 100ms;        // when the host cannot have one

/// The client broke off: that is no failure of the server's.
bool client_is_gone(const std::error_code& error) {
    return error == std::errc::connection_reset || error == std::errc::broken_pipe ||
           error == std::errc::not_connected;
}

bool is_no_listener(const std::error_code& error) {
    return error == std::errc::bad_file_descriptor || error == std::errc::invalid_argument ||
           error == std::errc::not_a_socket || error == std::errc::operation_not_supported;
}

/// What a server that waits hears next: Ctrl-C; or a client; or, after a moment, neither.
struct Heard {
    bool interruption = false;
    std::optional<Socket> client{};
};

/// Waits for Ctrl-C or a client, whichever comes first. When both are there it is Ctrl-C, and the
/// client still waits afterwards.
Coroutine<Heard> listen_to(Fd signals, Fd listener) {
    auto first = co_yield Select{ReadWait{signals}, Accept{listener}};
    Heard heard{.interruption = first.index() == 0};
    if (!heard.interruption) {
        heard.client.emplace(std::get<1>(std::move(first)));
    }
    co_return heard;
}

Coroutine<Heard> listen_to(Fd signals, Duration pause) {
    const auto first = co_yield Select{ReadWait{signals}, Sleep{pause}};
    Heard heard{.interruption = first.index() == 0};
    co_return heard;
}

/// Waits for Ctrl-C, and for a client while there is room for one. When there is none, or the host
/// is out of descriptors or memory, it waits a moment, for Ctrl-C alone: so the server keeps the
/// clients it has. Throws as Accept does when `listener` is no listener, or not any more.
Coroutine<Heard> hear(Fd signals, Fd listener, bool has_room) {
    Duration pause = between_looks;
    if (has_room) {
        try {
            co_return co_await listen_to(signals, listener);
        } catch (const std::system_error& failure) {
            if (is_no_listener(failure.code())) {
                throw;
            }
            pause = between_tries;
        }
    }
    co_return co_await listen_to(signals, pause);
}

Coroutine<> wait_for(TaskGroup& group) {
    co_yield WaitGroup{group};
}

/// False when they take longer.
Coroutine<bool> wait_for(TaskGroup& group, Duration patience) {
    try {
        co_await with_timeout(patience, wait_for(group));
        co_return true;
    } catch (const TimedOut&) {
        co_return false;
    }
}

}  // namespace

Coroutine<> Server::run(Invocation invocation, Socket listener, Handler handler, std::string name) {
    TaskGroup group(TaskGroup::Failure::concerns_one);
    std::exception_ptr interruption;
    try {
        co_await accept(
            std::move(invocation), listener, std::move(handler), std::move(name), group);
    } catch (const Interruption&) {
        interruption = std::current_exception();
    }
    co_await listener.close();
    co_yield SetEvent{stopping_};
    co_await send_away(group);
    if (interruption != nullptr) {
        std::rethrow_exception(interruption);
    }
}

Coroutine<> Server::accept(
    Invocation invocation, Socket& listener, Handler handler, std::string name, TaskGroup& group) {
    std::set<int> interrupt = {SIGINT};
    const Descriptor signals = co_yield OpenSignals{std::move(interrupt)};
    for (;;) {
        Heard heard = co_await hear(signals.fd(), listener.fd(), group.size() < most_);
        if (heard.interruption) {
            co_return;
        }
        if (heard.client) {
            Socket client = *std::move(heard.client);
            const auto started = co_yield Tried{
                NewTask{serve(invocation, handler(std::move(client))), name}.in(group)};
            ++(started ? clients_ : failed_);  // EAGAIN: there is no task for this one
        }
    }
}

Coroutine<> Server::serve(Invocation invocation, Coroutine<> client) {
    std::string failure;
    try {
        co_await std::move(client);
    } catch (const std::system_error& error) {
        if (!client_is_gone(error.code())) {
            failure = error.what();
        }
    } catch (const std::exception& error) {
        failure = error.what();
    }
    if (!failure.empty()) {
        ++failed_;
        co_await print(
            invocation.err, "{}: a client's task: {}\n", invocation.program->name(), failure);
    }
}

/// Gives clients a moment to end by themselves, cancels the tasks of those that are left, and gives
/// them another to clean up. Whoever is then left is killed, as the group's scope ends.
Coroutine<> Server::send_away(TaskGroup& group) {
    const bool all_gone = co_await wait_for(group, grace_);
    if (!all_gone) {
        broken_off_ = group.size();
        co_yield CancelGroup{group, "the server stops"};
        co_await wait_for(group, to_clean_up);
    }
}

Coroutine<int> serve(Invocation invocation,
                     Address where,
                     std::string name,
                     Server::Handler handler) {
    Socket listener = co_await Socket::listen(where);
    const Address address = co_await listener.local_address();
    const std::string_view program = invocation.program->name();
    co_await print(invocation.out, "{}: listening at {}\n", program, address.to_string());
    Server server(most_clients, Duration::zero());
    std::exception_ptr interruption;
    try {
        co_await server.run(invocation, std::move(listener), std::move(handler), std::move(name));
    } catch (const Interruption&) {
        interruption = std::current_exception();
    }
    co_await print(invocation.out,
                   "{}: stopped after {} connection{}, {} still open\n",
                   program,
                   server.clients(),
                   server.clients() == 1 ? "" : "s",
                   server.broken_off());
    if (interruption != nullptr) {
        std::rethrow_exception(interruption);
    }
    co_return Server::interrupted_code;
}

}  // namespace yos
