#include "programs/lib/serve.h"

#include "programs/lib/print.h"
#include "syscalls/join.h"
#include "syscalls/new_task.h"
#include "syscalls/with_timeout.h"

#include <chrono>

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
    std::rethrow_exception(interruption);
}

}  // namespace yos
