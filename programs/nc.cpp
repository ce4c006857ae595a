#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/socket.h"
#include "syscalls/select.h"

#include <array>

namespace yos {
namespace {

/// Passes bytes both ways until the peer sends no more. The end of the input is passed on, too.
Coroutine<> talk(Socket peer, Fd in, Fd out) {
    std::array<char, 16'384> typed;
    std::array<char, 16'384> heard;
    for (bool more_to_say = true;;) {
        std::size_t got = 0;
        bool from_peer = true;
        if (more_to_say) {
            const auto first = co_yield Select{Read{peer.fd(), heard}, Read{in, typed}};
            from_peer = first.index() == 0;
            got = from_peer ? std::get<0>(first) : std::get<1>(first);
        } else {
            got = co_yield Read{peer.fd(), heard};
        }
        if (from_peer && got == 0) {
            co_return;
        }
        if (from_peer) {
            co_await write_all(out, std::string(heard.data(), got));
        } else if (got > 0) {
            co_await peer.send(std::string_view(typed.data(), got));
        } else {
            more_to_say = false;
            co_await peer.shutdown_writing();
        }
    }
}

Coroutine<Socket> accept_one(Address address) {
    Socket listener = co_await Socket::listen(address);
    co_return co_await listener.accept();
}

Coroutine<int> nc(Invocation invocation) {
    bool listens = false;
    std::string host;
    std::string port_text;
    Options options(invocation);
    options.required("HOST", host, "whom to call; with -l: the port, or HOST:PORT, to listen at");
    options.optional("PORT", port_text, "at which port");
    options.flag("-l,--listen", listens, "wait for a call, rather than make one");
    options.example("nc localhost 9000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string wrong;
    Address address;
    Number port{.value = 0, .least = 1, .most = 65'535};
    try {
        if (listens) {
            address = Address::parse(host);
        } else {
            port.value = std::stol(port_text);
        }
    } catch (const std::exception& error) {
        wrong = listens ? error.what() : "\"" + port_text + "\" is no port";
    }
    if (wrong.empty() && !listens && (port.value < port.least || port.value > port.most)) {
        wrong = "the port is a number from 1 to 65535";
    }
    if (!wrong.empty()) {
        co_return co_await options.refuse(wrong);
    }
    const auto number = static_cast<unsigned short>(port.value);
    auto connecting = listens ? accept_one(address) : Socket::connect(host, number);
    Socket peer = co_await std::move(connecting);
    co_await talk(std::move(peer), invocation.in, invocation.out);
    co_return 0;
}

const Program program("nc", "talk to whoever is at the other end of a connection", nc);

}  // namespace
}  // namespace yos
