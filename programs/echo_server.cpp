#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/socket.h"
#include "syscalls/new_task.h"
#include "syscalls/read_wait.h"

#include <array>

namespace yos {
namespace {

/// Sends back what there is to read; false at the end.
Coroutine<bool> echo(Socket& client) {
    std::array<char, 16'384> buffer;
    const std::size_t got = co_yield Read{client.fd(), buffer};
    co_await client.send({buffer.data(), got});
    co_return got > 0;
}

/// Sends back what comes, until the client has sent all; a client that breaks off is no failure.
/// While nothing comes there is no buffer: so idle clients cost next to nothing.
Coroutine<> handle_client(Socket client) {
    try {
        do {
            co_yield ReadWait{client.fd()};
        } while (co_await echo(client));
    } catch (const std::system_error& failure) {
        if (failure.code() != std::errc::connection_reset &&
            failure.code() != std::errc::broken_pipe) {
            throw;
        }
    }
}

Coroutine<int> echo_server(Invocation invocation) {
    Address where;
    Options options(invocation);
    options.required("PORT", where, "a port of this machine, or HOST:PORT, *:PORT, unix:PATH");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Socket listener = co_await Socket::listen(where);
    const Address address = co_await listener.local_address();
    co_await print(invocation.out, "echo-server: listening at {}\n", address.to_string());
    for (;;) {
        Socket client = co_await listener.accept();
        co_yield NewTask{handle_client(std::move(client)), "echo-handler"};
    }
}

const Program program("echo-server", "send back what clients send, a task for each", echo_server);

}  // namespace
}  // namespace yos
