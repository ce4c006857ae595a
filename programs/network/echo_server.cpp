#include "programs/lib/options.h"
#include "programs/lib/server.h"
#include "syscalls/read_wait.h"

#include <array>

namespace yos {
namespace {

/// Sends back what there is to read; false at the end.
Coroutine<bool> echo(Socket& client) {
    std::array<char, 16'384> buffer;
    const std::size_t got = co_yield Read{client.fd(), buffer};
    std::string_view left(buffer.data(), got);
    while (!left.empty()) {
        left.remove_prefix(co_yield Write{client.fd(), left});
    }
    co_return got > 0;
}

/// Sends back what comes, until the client has sent all. While nothing comes there is no buffer: so
/// idle clients cost next to nothing.
Coroutine<> handle_client(Socket client) {
    for (bool more = true; more;) {
        co_yield ReadWait{client.fd()};
        more = co_await echo(client);
    }
}

Coroutine<int> echo_server(Invocation invocation) {
    Address where;
    Options options(invocation);
    options.required("PORT", where, "a port of this machine, or HOST:PORT, *:PORT, unix:PATH");
    options.example("echo-server 9000    then, in another terminal: nc localhost 9000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    co_return co_await serve(invocation, where, "echo-handler", handle_client);
}

const Program program("echo-server", "send back what clients send, a task for each", echo_server);

}  // namespace
}  // namespace yos
