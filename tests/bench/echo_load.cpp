// The load of the echo rows, and of the HTTP ones. In lock-step, every connection gets one message,
// and when all have been answered, the next: so the load and the server can share a processor and
// the server's work comes in batches of the same size, which makes for a quiet figure. In a closed
// loop, each connection gets its next message as soon as it has answered.
//
// Prints one line of JSON: the time that the server was on a processor, in ns per request; the same
// beside connections that are idle, and the server's memory for each of those.

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::string mode;  // lockstep, closed, or hello: HTTP in lock-step
    unsigned short port;
    std::string server;  // its process id
    std::size_t connections;
    std::chrono::duration<double> time;
    std::size_t idle;
};

int checked(long result, const char* what) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return static_cast<int>(result);
}

sockaddr_in loopback(unsigned host, unsigned short port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host);
    address.sin_port = htons(port);
    return address;
}

/// Connects from 127.0.0.(1 + host): each of those has ports of its own.
int connect_from(unsigned host, unsigned short port) {
    const int socket = checked(::socket(AF_INET, SOCK_STREAM, 0), "socket");
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    const sockaddr_in from = loopback(host, 0);
    const sockaddr_in to = loopback(0, port);
    checked(::bind(socket, reinterpret_cast<const sockaddr*>(&from), sizeof from), "bind");
    checked(::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to), "connect");
    return socket;
}

/// What a client sends again and again, and how many bytes it gets back each time.
struct Exchange {
    std::string message;
    std::size_t answer;
};

Exchange echo() {
    return {std::string(64, '\0'), 64};
}

/// An HTTP server's answers are all of one size: that of the first.
Exchange hello(unsigned short port) {
    const std::string end_of_body = "Hello, world!\n";
    Exchange exchange{"GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", 0};
    const int socket = connect_from(0, port);
    checked(::send(socket, exchange.message.data(), exchange.message.size(), 0), "send");
    std::string answer;
    while (!answer.ends_with(end_of_body)) {
        std::array<char, 4096> bytes{};
        const int got = checked(::recv(socket, bytes.data(), bytes.size(), 0), "recv");
        if (got == 0) {
            throw std::runtime_error("the server does not say hello");
        }
        answer.append(bytes.data(), static_cast<std::size_t>(got));
    }
    ::close(socket);
    exchange.answer = answer.size();
    return exchange;
}

/// How long the server's threads have been on a processor, in ns.
double processor_time(const std::string& server) {
    double sum = 0;
    for (const auto& thread : std::filesystem::directory_iterator("/proc/" + server + "/task")) {
        double time = 0;
        std::ifstream(thread.path() / "schedstat") >> time;
        sum += time;
    }
    return sum;
}

double resident_bytes(const std::string& server) {
    long all = 0;
    long resident = 0;
    std::ifstream("/proc/" + server + "/statm") >> all >> resident;
    return static_cast<double>(resident * ::sysconf(_SC_PAGESIZE));
}

class Load {
public:
    explicit Load(const Options& options)
        : options_(options),
          exchange_(options.mode == "hello" ? hello(options.port) : echo()),
          epoll_(checked(::epoll_create1(0), "epoll_create1")) {
        for (std::size_t i = 0; i < options.connections; ++i) {
            const int socket = connect_from(0, options.port);
            epoll_event event{};
            event.events = EPOLLIN | EPOLLET;
            event.data.u64 = connections_.size();
            checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
            connections_.push_back({socket, 0});
        }
    }

    /// The server's processor time per request, in ns.
    double measure() {
        run_for(options_.time / 5);  // to warm up
        const double before = processor_time(options_.server);
        const std::size_t requests = run_for(options_.time);
        return (processor_time(options_.server) - before) / static_cast<double>(requests);
    }

    /// All that were answered so far.
    std::size_t requests() const { return requests_; }

private:
    struct Connection {
        int socket;
        std::size_t received;  // of the answer that is under way
    };

    /// Tells how many requests were answered.
    std::size_t run_for(std::chrono::duration<double> time) {
        const Clock::time_point end =
            Clock::now() + std::chrono::duration_cast<Clock::duration>(time);
        std::size_t answered = 0;
        do {
            for (Connection& connection : connections_) {
                send(connection);
            }
            for (std::size_t waiting = connections_.size(); waiting > 0;) {
                const std::size_t answers = receive();
                answered += answers;
                if (options_.mode != "closed" || Clock::now() >= end) {
                    waiting -= answers;
                } else {
                    for (const std::size_t i : answered_) {
                        send(connections_[i]);
                    }
                }
            }
        } while (Clock::now() < end);
        requests_ += answered;
        return answered;
    }

    void send(Connection& connection) {
        const std::string& message = exchange_.message;
        connection.received = 0;
        if (checked(::send(connection.socket, message.data(), message.size(), 0), "send") <
            static_cast<int>(message.size())) {
            throw std::runtime_error("a message went out in pieces");
        }
    }

    /// Waits for answers, and tells how many are complete: those that answered_ lists.
    std::size_t receive() {
        std::array<epoll_event, 256> events{};
        const int count =
            checked(::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 10'000),
                    "epoll_wait");
        if (count == 0) {
            throw std::runtime_error("the server does not answer any more");
        }
        answered_.clear();
        for (int i = 0; i < count; ++i) {
            const std::size_t index = events[static_cast<std::size_t>(i)].data.u64;
            if (receive(connections_[index])) {
                answered_.push_back(index);
            }
        }
        return answered_.size();
    }

    bool receive(Connection& connection) const {
        std::array<char, 4096> answer{};
        const std::size_t missing = exchange_.answer - connection.received;
        const int got = checked(
            ::recv(
                connection.socket, answer.data(), std::min(missing, answer.size()), MSG_DONTWAIT),
            "recv");
        if (got == 0) {
            throw std::runtime_error("the server closed a connection");
        }
        connection.received += static_cast<std::size_t>(got);
        return connection.received == exchange_.answer;
    }

    const Options& options_;
    Exchange exchange_;
    int epoll_;
    std::size_t requests_ = 0;
    std::vector<Connection> connections_;
    std::vector<std::size_t> answered_;  // indices of connections_
};

std::size_t descriptors_of(const std::string& process) {
    const std::filesystem::directory_iterator descriptors("/proc/" + process + "/fd");
    return static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
}

struct Idle {
    std::size_t count;
    std::string why;  // there are no more, if there are fewer than were wanted
};

/// Opens connections that stay silent, as many as there may be.
Idle open_idle(std::size_t wanted, unsigned short port) {
    constexpr std::size_t per_host = 20'000;  // fewer than the ports that a host address has
    for (std::size_t i = 0; i < wanted; ++i) {
        try {
            connect_from(static_cast<unsigned>(1 + i / per_host), port);
        } catch (const std::system_error& failure) {
            return {i, failure.what()};
        }
    }
    return {wanted, ""};
}

/// Prints what the server's work is like beside connections that are idle. The host takes them for
/// the server, which may then fail to: those that it has no descriptors of do not count.
void measure_beside_idle(const Options& options, Load& load) {
    const double memory = resident_bytes(options.server);
    const std::size_t descriptors = descriptors_of(options.server);
    Idle idle = open_idle(options.idle, options.port);
    const double time = load.measure();
    const std::size_t accepted = descriptors_of(options.server) - descriptors;
    if (accepted < idle.count) {
        idle = {accepted, "the server has accepted no more"};
    }
    std::printf(", \"idle\": %zu, \"why\": \"%s\", \"ns_beside_idle\": %.1f"
                ", \"bytes_per_idle\": %.1f",
                idle.count,
                idle.why.c_str(),
                time,
                (resident_bytes(options.server) - memory) / static_cast<double>(idle.count));
}

void run(const Options& options) {
    Load load(options);
    const double alone = load.measure();
    std::printf("{\"ns\": %.1f, \"requests\": %zu", alone, load.requests());
    if (options.idle > 0) {
        measure_beside_idle(options, load);
    }
    std::puts("}");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 7) {
        std::fputs(
            "usage: echo_load lockstep|closed|hello PORT SERVER-PID CONNECTIONS SECONDS IDLE\n",
            stderr);
        return 2;
    }
    try {
        std::signal(SIGPIPE, SIG_IGN);
        run({.mode = argv[1],
             .port = static_cast<unsigned short>(std::stoul(argv[2])),
             .server = argv[3],
             .connections = std::stoul(argv[4]),
             .time = std::chrono::duration<double>(std::stod(argv[5])),
             .idle = std::stoul(argv[6])});
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "echo_load: %s\n", failure.what());
        return 1;
    }
}
