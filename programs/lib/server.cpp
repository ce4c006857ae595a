#include "programs/lib/server.h"

#include "programs/lib/print.h"
#include "syscalls/join.h"
#include "syscalls/new_task.h"
#include "syscalls/read_wait.h"
#include "syscalls/select.h"
#include "syscalls/set_event.h"
#include "syscalls/signal_wait.h"
#include "syscalls/sleep.h"
#include "syscalls/with_timeout.h"

#include <chrono>
#include <csignal>
#include <set>
#include <utility>

namespace yos {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_clients = 1'000'000;  // of a server that does not care
constexpr Duration to_clean_up = 500ms;          // for those that are cancelled
constexpr Duration between_looks = 10ms;         // when there is no room for another client

/// The client broke off: that is no failure of the server's.
bool client_is_gone(const std::error_code& error) {
    return error == std::errc::connection_reset || error == std::errc::broken_pipe ||
           error == std::errc::not_connected;
}

/// Waits for the next client, or, without room, a moment; true when Ctrl-C came instead, or too: a
/// client still waits afterwards, a signal does not.
Coroutine<bool> is_interrupted(Fd listener, bool has_room) {
    std::set<int> signals = {SIGINT};
    if (has_room) {
        const auto first = co_yield Select{SignalWait{std::move(signals)}, ReadWait{listener}};
        co_return first.index() == 0;
    }
    const auto first = co_yield Select{SignalWait{std::move(signals)}, Sleep{between_looks}};
    co_return first.index() == 0;
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
    for (;;) {
        const bool has_room = group.size() < most_;
        const bool interrupted = co_await is_interrupted(listener.fd(), has_room);
        if (interrupted) {
            co_return;
        }
        if (has_room) {
            Socket client = co_await listener.accept();
            try {
                co_yield NewTask{serve(invocation, handler(std::move(client))), name}.in(group);
                ++clients_;
            } catch (const std::system_error&) {  // EAGAIN: there is no task for this one
                ++failed_;
            }
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

/// Those that take too long to clean up, the group kills.
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
