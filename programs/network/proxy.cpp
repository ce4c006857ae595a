// Passes the bytes of each connection on to another server, and back. A task for each direction is
// all there is to it: while the one end takes no more, its task waits in Write and reads no more
// from the other end, so that end waits, too (back-pressure).

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/server.h"
#include "syscalls/answer_of.h"
#include "syscalls/new_task.h"
#include "syscalls/tried.h"
#include "syscalls/wait_task.h"

#include <array>

namespace yos {
namespace {

struct Passed {
    std::uint64_t up = 0;  // bytes, to the server
    std::uint64_t down = 0;
};

/// Until one end sends no more, of which the other is told: it may still have much to answer.
Coroutine<> pass_all(Fd from, Fd to, std::uint64_t& bytes) {
    std::array<char, 16'384> buffer;
    while (const std::size_t got = co_yield Read{from, buffer}) {
        for (std::string_view rest(buffer.data(), got); !rest.empty();) {
            rest.remove_prefix(co_yield Write{to, rest});
        }
        bytes += got;
    }
    co_yield ShutdownWriting{to};
}

/// A connection that breaks is closed at both ends, and so the task of the other direction ends,
/// too.
Coroutine<> pass(Fd from, Fd to, std::uint64_t& bytes) {
    const auto passed = co_await answer_of(pass_all(from, to, bytes));
    if (!passed) {
        co_yield Tried{Close{from}};  // it may be closed already
        co_yield Tried{Close{to}};
    }
}

Coroutine<> pass_up(Fd client, Fd server, std::shared_ptr<Passed> passed) {
    co_await pass(client, server, passed->up);
}

Coroutine<> relay(Socket client,
                  std::string host,
                  unsigned short port,
                  std::shared_ptr<Passed> passed) {
    Socket server = co_await Socket::connect(host, port);
    const Tid up = co_yield NewTask{pass_up(client.fd(), server.fd(), passed), "proxy-up"};
    co_await pass(server.fd(), client.fd(), passed->down);
    co_yield WaitTask{up};
}

Coroutine<int> proxy(Invocation invocation) {
    Address where;
    std::string host;
    Number port{.value = 0, .least = 1, .most = 65'535};
    Number most{.value = 10'000, .least = 1};
    Options options(invocation);
    options.required("PORT", where, "where to listen: a port of this machine, or HOST:PORT ...");
    options.required("HOST", host, "the server to pass on to, by name or address");
    options.required("PORT-THERE", port, "where that one listens");
    options.option("-c,--connections", "N", most, "at once: 10000, unless told");
    options.example("proxy 9001 localhost 9000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Socket listener = co_await Socket::listen(where);
    const Address address = co_await listener.local_address();
    co_await print(invocation.out, "proxy: listening at {}\n", address.to_string());

    Server server(static_cast<std::size_t>(most.value), std::chrono::milliseconds(800));
    auto passed = std::make_shared<Passed>();
    const auto to = static_cast<unsigned short>(port.value);
    Server::Handler handler = [=](Socket client) {
        return relay(std::move(client), host, to, passed);
    };
    co_await server.run(invocation, std::move(listener), std::move(handler), "proxy-down");
    co_await print(invocation.out,
                   "proxy: {} connections, {} failed, {} broken off; {} bytes up, {} down\n",
                   server.clients(),
                   server.failed(),
                   server.broken_off(),
                   passed->up,
                   passed->down);
    co_return Server::interrupted_code;
}

const Program program("proxy", "pass connections on to another server", proxy);

}  // namespace
}  // namespace yos
