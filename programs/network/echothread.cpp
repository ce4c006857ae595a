// The echo server of those who have no coroutines: a host thread for each connection, blocking
// calls and all, to be compared with echo-server. The kernel has no part in it but to wait for its
// end. (The course's echothread.)

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/bypass_kernel.h"
#include "syscalls/open_signals.h"
#include "syscalls/read_wait.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <list>
#include <netinet/in.h>
#include <set>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace yos {
namespace {

int checked(int result, const char* what) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return result;
}

/// A connection's thread.
class Handler {
public:
    explicit Handler(int connection) : connection_(connection), thread_([this] { echo(); }) {}
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;
    ~Handler() {
        ::shutdown(connection_, SHUT_RDWR);  // ends what it waits in
        thread_.join();
        ::close(connection_);
    }

    bool is_done() const { return done_; }

private:
    void echo() {
        std::array<char, 16'384> buffer;
        for (;;) {
            const ssize_t got = ::recv(connection_, buffer.data(), buffer.size(), 0);
            const auto size = static_cast<std::size_t>(got);
            if (got <= 0 || ::send(connection_, buffer.data(), size, MSG_NOSIGNAL) != got) {
                done_ = true;
                return;
            }
        }
    }

    int connection_;
    std::atomic<bool> done_ = false;
    std::thread thread_;
};

class ThreadedServer {
public:
    explicit ThreadedServer(unsigned short port)
        : listener_(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
        const int on = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const at = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, at, size) < 0 || ::listen(listener_, 4096) < 0 ||
            ::getsockname(listener_, at, &size) < 0) {
            const int error = errno;
            ::close(listener_);
            throw std::system_error(error, std::generic_category(), "cannot listen");
        }
        port_ = ntohs(address.sin_port);
        acceptor_ = std::thread([this] { accept(); });
    }
    ThreadedServer(const ThreadedServer&) = delete;
    ThreadedServer& operator=(const ThreadedServer&) = delete;
    ~ThreadedServer() {
        ::shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        ::close(listener_);
    }

    unsigned short port() const { return port_; }
    std::size_t accepted() const { return accepted_; }

private:
    void accept() {
        for (;;) {
            const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0 && (errno == EINVAL || errno == EBADF)) {
                return;  // shut down
            }
            handlers_.remove_if([](const Handler& handler) { return handler.is_done(); });
            if (connection < 0) {  // out of descriptors, perhaps
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            } else {
                start(connection);
            }
        }
    }

    void start(int connection) {
        try {
            handlers_.emplace_back(connection);
            ++accepted_;
        } catch (const std::system_error&) {  // no more threads
            ::close(connection);
        }
    }

    int listener_;
    unsigned short port_ = 0;
    std::atomic<std::size_t> accepted_ = 0;
    std::list<Handler> handlers_;  // the acceptor's alone, while it runs
    std::thread acceptor_;
};

Coroutine<int> echothread(Invocation invocation) {
    Number port{.value = 0, .least = 0, .most = 65'535};
    Options options(invocation);
    options.required("PORT", port, "a port of this machine");
    options.example("echothread 9000 & blaster localhost 9000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    co_yield BypassKernel{};
    const ThreadedServer server(static_cast<unsigned short>(port.value));
    co_await print(invocation.out, "echothread: listening at 127.0.0.1:{}\n", server.port());
    const std::set<int> interrupt = {SIGINT};
    const Descriptor signals = co_yield OpenSignals{interrupt};
    co_yield ReadWait{signals};
    co_await print(invocation.out, "echothread: stopped after {} connections\n", server.accepted());
    co_return ExitStatus::cancelled_code;
}

const Program program("echothread", "an echo server with a host thread per connection", echothread);

}  // namespace
}  // namespace yos
