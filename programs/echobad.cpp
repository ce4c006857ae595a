// How not to write a server: it calls the host's blocking accept and recv behind the kernel's back.
// While it waits, nothing else runs: start a ticker beside it and see it stop. (The course's
// echobad.)

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/yield.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace yos {
namespace {

/// A socket that the kernel knows nothing of.
class HostSocket {
public:
    explicit HostSocket(int number) : number_(number) {}
    HostSocket(HostSocket&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    HostSocket& operator=(HostSocket&&) = delete;
    ~HostSocket() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    int number() const { return number_; }

private:
    int number_;
};

int checked(int result, const char* what) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return result;
}

Coroutine<> handle_client(HostSocket client) {
    std::array<char, 16'384> buffer;
    for (;;) {
        const ssize_t got =
            ::recv(client.number(), buffer.data(), buffer.size(), 0);  // freezes all
        if (got <= 0 ||
            ::send(client.number(), buffer.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) !=
                got) {
            co_return;
        }
        co_yield Yield{};
    }
}

HostSocket listen_at(unsigned short port) {
    HostSocket listener(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    const int on = 1;
    ::setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    checked(::bind(listener.number(), reinterpret_cast<sockaddr*>(&address), sizeof address),
            "cannot bind");
    checked(::listen(listener.number(), 128), "cannot listen");
    return listener;
}

Coroutine<int> echobad(Invocation invocation) {
    Number port{.value = 0, .least = 0, .most = 65535};
    Options options(invocation);
    options.required("PORT", port, "a port of this machine");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const HostSocket listener = listen_at(static_cast<unsigned short>(port.value));
    co_await print(invocation.out, "echobad: listening; all else stands still while I wait\n");
    for (;;) {
        const int accepted = ::accept(listener.number(), nullptr, nullptr);  // freezes everybody
        if (accepted >= 0) {
            co_yield NewTask{handle_client(HostSocket(accepted)), "echobad-handler"};
        }
        const bool interrupted = accepted < 0;  // a signal came: let the kernel take it
        co_yield Sleep{std::chrono::milliseconds(interrupted ? 1 : 0)};
    }
}

const Program program("echobad",
                      "a server that blocks in the host: it freezes all other tasks",
                      echobad);

}  // namespace
}  // namespace yos
