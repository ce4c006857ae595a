#include "programs/lib/serve.h"

#include "programs/lib/print.h"
#include "syscalls/join.h"
#include "syscalls/new_task.h"
#include "syscalls/read_wait.h"
#include "syscalls/select.h"
#include "syscalls/signal_wait.h"
#include "syscalls/with_timeout.h"

#include <chrono>
#include <csignal>
#include <set>

namespace yos {
namespace {

Coroutine<> serve_one(Invocation invocation, Coroutine<> client) {
    std::string failure;
    try {
        co_await std::move(client);
    } catch (const std::system_error& error) {
        if (error.code() != std::errc::connection_reset && error.code() != std::errc::broken_pipe) {
            failure = error.what();
        }
    } catch (const std::exception& error) {
        failure = error.what();
    }
    if (!failure.empty()) {
        co_await print(
            invocation.err, "{}: a client's task: {}\n", invocation.program->name(), failure);
    }
}

/// Waits for Ctrl-C and for the next client: false when it is a client.
Coroutine<bool> is_interrupted(Fd listener) {
    std::set<int> signals = {SIGINT};
    const auto first = co_yield Select{ReadWait{listener}, SignalWait{std::move(signals)}};
    co_return first.index() == 1;
}

Coroutine<> wait_for(TaskGroup& clients) {
    co_yield WaitGroup{clients};
}

/// Cancels them, and gives them a moment to clean up.
Coroutine<> send_away(TaskGroup& clients) {
    co_yield CancelGroup{clients, "the server stops"};
    try {
        co_await with_timeout(std::chrono::milliseconds(500), wait_for(clients));
    } catch (const TimedOut&) {  // the group kills them
    }
}

}  // namespace

Coroutine<int> serve(Invocation invocation, Address where, std::string name, HandleClient handle) {
    Socket listener = co_await Socket::listen(where);
    const Address address = co_await listener.local_address();
    const std::string_view server = invocation.program->name();
    co_await print(invocation.out, "{}: listening at {}\n", server, address.to_string());
    std::size_t served = 0;
    TaskGroup clients(TaskGroup::Failure::concerns_one);
    std::exception_ptr interruption;
    try {
        for (;;) {
            const bool interrupted = co_await is_interrupted(listener.fd());
            if (interrupted) {
                break;
            }
            Socket client = co_await listener.accept();
            co_yield NewTask{serve_one(invocation, handle(std::move(client))), name}.in(clients);
            ++served;
        }
    } catch (const Interruption&) {
        interruption = std::current_exception();
    }
    const std::size_t connected = clients.size();
    co_await send_away(clients);
    co_await print(invocation.out,
                   "{}: stopped after {} connection{}, {} still open\n",
                   server,
                   served,
                   served == 1 ? "" : "s",
                   connected);
    if (interruption != nullptr) {
        std::rethrow_exception(interruption);
    }
    co_return ExitStatus::cancelled_code;
}

}  // namespace yos
