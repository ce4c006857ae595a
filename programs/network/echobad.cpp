// How not to write a server: it calls the host's blocking accept and recv behind the kernel's back.
// While it waits, nothing else runs: start a ticker beside it and see it stop. And a Ctrl-C that
// comes just before it begins to wait is heard with the next one. (The course's echobad.)

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/bypass_kernel.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/yield.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
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

/// A signal has ended a call of the host's, and nobody makes another before the kernel has heard of
/// it: else Ctrl-C would be heard when the last client is gone.
using SignalCame = std::shared_ptr<bool>;

Coroutine<> handle_client(HostSocket client, SignalCame signal_came) {
    std::array<char, 16'384> buffer;
    for (;;) {
        while (*signal_came) {
            co_yield Sleep{std::chrono::milliseconds(1)};
        }
        const ssize_t got =
            ::recv(client.number(), buffer.data(), buffer.size(), 0);  // freezes all
        const auto size = static_cast<std::size_t>(got);
        *signal_came = got < 0 && errno == EINTR;
        if (!*signal_came &&
            (got <= 0 || ::send(client.number(), buffer.data(), size, MSG_NOSIGNAL) != got)) {
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

unsigned short port_of(const HostSocket& listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    checked(::getsockname(listener.number(), reinterpret_cast<sockaddr*>(&address), &size),
            "getsockname");
    return ntohs(address.sin_port);
}

Coroutine<int> echobad(Invocation invocation) {
    Number port{.value = 0, .least = 0, .most = 65'535};
    Options options(invocation);
    options.required("PORT", port, "a port of this machine");
    options.example("ticker & echobad 9000    stops the ticker; compare echogood");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    co_yield BypassKernel{};
    const HostSocket listener = listen_at(static_cast<unsigned short>(port.value));
    co_await print(invocation.out,
                   "echobad: listening at 127.0.0.1:{}\nall else stands still while I wait\n",
                   port_of(listener));
    const auto signal_came = std::make_shared<bool>(false);
    for (;;) {
        if (*signal_came) {
            co_yield Sleep{std::chrono::milliseconds(10)};
            *signal_came = false;
        }
        const int accepted = ::accept(listener.number(), nullptr, nullptr);  // freezes everybody
        if (accepted >= 0) {
            HostSocket client(accepted);
            co_yield NewTask{handle_client(std::move(client), signal_came), "echobad-handler"};
        } else {
            *signal_came = errno == EINTR;
        }
        const bool refused = accepted < 0 && !*signal_came;  // the host has no more descriptors
        co_yield Sleep{std::chrono::milliseconds(refused ? 10 : 0)};
    }
}

const Program program("echobad",
                      "a server that blocks in the host: it freezes all other tasks",
                      echobad);

}  // namespace
}  // namespace yos
