#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/socket.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"

#include <array>

namespace yos {
namespace {

/// Sends what is read from `in` until its end, then says so to the peer.
Coroutine<> send_input(Fd in, Fd connection) {
    std::array<char, 16'384> buffer;
    while (const std::size_t got = co_yield Read{in, buffer}) {
        co_await write_all(connection, std::string(buffer.data(), got));
    }
    co_yield ShutdownWriting{connection};
}

Coroutine<int> echo_client(Invocation invocation) {
    std::string host;
    Number port{.value = 0, .least = 1, .most = 65535};
    Options options(invocation);
    options.required("HOST", host, "a name or an address");
    options.required("PORT", port, "where the server listens");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Socket socket = co_await Socket::connect(host, static_cast<unsigned short>(port.value));
    const Tid sender = co_yield NewTask{send_input(invocation.in, socket.fd()), "echo-sender"};
    std::array<char, 16'384> buffer;
    while (const std::size_t got = co_yield Read{socket.fd(), buffer}) {
        co_await write_all(invocation.out, std::string(buffer.data(), got));
    }
    co_yield KillTask{sender};
    co_return 0;
}

const Program program("echo-client",
                      "send the standard input to a server, print what comes back",
                      echo_client);

}  // namespace
}  // namespace yos
