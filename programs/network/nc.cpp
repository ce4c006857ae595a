#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/socket.h"
#include "syscalls/select.h"
#include "syscalls/sleep.h"

#include <array>

namespace yos {
namespace {

/// Sends what input there is at hand, for a peer that sends no more may still listen.
Coroutine<> send_rest(Socket& peer, Fd in) {
    std::array<char, 16'384> typed;
    for (;;) {
        const auto first = co_yield Select{Read{in, typed}, Sleep{Duration::zero()}};
        if (first.index() != 0 || std::get<0>(first) == 0) {
            co_return;
        }
        co_await peer.send(std::string_view(typed.data(), std::get<0>(first)));
    }
}

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
            if (more_to_say) {
                co_await send_rest(peer, in);
            }
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
    Number port{.value = 0, .least = 1, .most = 65'535};
    Options options(invocation);
    options.required("ADDRESS", host, "a host, or where else to call, as in unix:PATH");
    options.optional("PORT", port, "of the host");
    options.flag("-l,--listen", listens, "wait for a call there: at PORT, HOST:PORT or unix:PATH");
    options.example("nc localhost 9000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string wrong;
    Address address;
    try {
        if (port.value == 0) {
            address = Address::parse(host);
        } else if (listens) {
            wrong = "give -l the port as in localhost:9000, or by itself";
        }
    } catch (const std::exception& error) {
        wrong = error.what();
    }
    if (!wrong.empty()) {
        co_return co_await options.refuse(wrong);
    }
    const auto number = static_cast<unsigned short>(port.value);
    auto connecting = listens           ? accept_one(address)
                      : port.value == 0 ? Socket::connect(address)
                                        : Socket::connect(host, number);
    Socket peer = co_await std::move(connecting);
    co_await talk(std::move(peer), invocation.in, invocation.out);
    co_return 0;
}

const Program program("nc", "talk to whoever is at the other end of a connection", nc);

}  // namespace
}  // namespace yos
