// The load of the course: many connections at once, each sending messages to an echo server and
// checking every byte that comes back.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/socket.h"
#include "syscalls/new_task.h"
#include "syscalls/now.h"
#include "syscalls/wait_task.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

namespace yos {
namespace {

struct Load {
    std::string host;
    unsigned short port = 0;
    std::size_t connections = 0;
    std::size_t messages = 0;  // per connection
    std::size_t size = 0;      // bytes per message
};

/// What the connections found, together.
struct Findings {
    std::vector<Duration> latencies;  // one per message that came back
    std::size_t failed_connections = 0;
    std::string first_failure;

    void add_failure(const std::string& what) {
        if (failed_connections++ == 0) {
            first_failure = what;
        }
    }

    /// When latencies is sorted, and not empty.
    double percentile_us(double percent) const {
        const auto last = static_cast<double>(latencies.size() - 1);
        const Duration latency = latencies[static_cast<std::size_t>(last * percent / 100)];
        return std::chrono::duration<double, std::micro>(latency).count();
    }
};

/// Bytes that no other connection and no other message has in this order.
void fill(std::span<char> bytes, std::uint64_t seed) {
    for (char& byte : bytes) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;  // Knuth's MMIX generator
        byte = static_cast<char>(seed >> 56U);
    }
}

/// Sends a message and takes it back, in pieces that fit the buffers between two ends which both
/// write.
Coroutine<> round_trip(Fd server, std::span<const char> message, std::span<char> echo) {
    constexpr std::size_t piece = 16'384;
    for (std::size_t done = 0; done < message.size(); done += piece) {
        const auto sent = message.subspan(done, std::min(piece, message.size() - done));
        for (std::size_t out = 0; out < sent.size();) {
            out += co_yield Write{server, sent.subspan(out)};
        }
        for (std::size_t in = 0; in < sent.size();) {
            const std::size_t got = co_yield Read{server, echo.subspan(in, sent.size() - in)};
            if (got == 0) {
                throw std::runtime_error("the server closed the connection");
            }
            in += got;
        }
        if (!std::equal(sent.begin(), sent.end(), echo.begin())) {
            throw std::runtime_error("the server sent back something else");
        }
    }
}

Coroutine<> blast(Load load, std::size_t number, std::shared_ptr<Findings> findings) {
    try {
        const Socket server = co_await Socket::connect(load.host, load.port);
        std::vector<char> message(load.size);
        std::vector<char> echo(std::min<std::size_t>(load.size, 16'384));
        for (std::size_t i = 0; i < load.messages; ++i) {
            fill(message, number * load.messages + i);
            const Time sent = co_yield Now{};
            co_await round_trip(server.fd(), message, echo);
            const Time answered = co_yield Now{};
            findings->latencies.push_back(answered - sent);
        }
    } catch (const std::exception& failure) {
        findings->add_failure(failure.what());
    }
}

Coroutine<> report(Fd out, Load load, std::shared_ptr<Findings> findings, Duration took) {
    std::vector<Duration>& latencies = findings->latencies;
    const double seconds = std::chrono::duration<double>(took).count();
    co_await print(out,
                   "{} connections, {} messages of {} bytes in {:.2f} s",
                   load.connections,
                   latencies.size(),
                   load.size,
                   seconds);
    if (!latencies.empty() && took > Duration::zero()) {
        const double rate = static_cast<double>(latencies.size()) / seconds;
        const double megabytes = rate * static_cast<double>(load.size) / 1e6;
        co_await print(out, ": {:.0f} messages/s, {:.1f} MB/s", rate, megabytes);
    }
    co_await print(out, "\n");
    if (!latencies.empty()) {
        std::sort(latencies.begin(), latencies.end());
        co_await print(
            out,
            "latency in us: p50 {:.0f}, p90 {:.0f}, p99 {:.0f}, p99.9 {:.0f}, max {:.0f}\n",
            findings->percentile_us(50),
            findings->percentile_us(90),
            findings->percentile_us(99),
            findings->percentile_us(99.9),
            findings->percentile_us(100));
    }
    if (findings->failed_connections == 0) {
        co_await print(out, "every byte came back as it was sent\n");
    }
}

Coroutine<int> blaster(Invocation invocation) {
    Load load;
    Number port{.value = 0, .least = 1, .most = 65535};
    Number connections{.value = 300, .least = 1, .most = 1'000'000};
    Number messages{.value = 100, .least = 1, .most = 1'000'000'000};
    Number size{.value = 1024, .least = 1, .most = 1 << 30};
    Options options(invocation);
    options.required("HOST", load.host, "a name or an address");
    options.required("PORT", port, "where an echo server listens");
    options.option("-n,--connections", "N", connections, "how many at once (300)");
    options.option("-m,--messages", "N", messages, "how many on each connection (100)");
    options.option("-s,--size", "BYTES", size, "of a message (1024)");
    options.example("echo-server 9000 & blaster localhost 9000 -n 1000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    load.port = static_cast<unsigned short>(port.value);
    load.connections = static_cast<std::size_t>(connections.value);
    load.messages = static_cast<std::size_t>(messages.value);
    load.size = static_cast<std::size_t>(size.value);

    auto findings = std::make_shared<Findings>();
    std::vector<Tid> tasks;
    const Time begin = co_yield Now{};
    for (std::size_t number = 0; number < load.connections; ++number) {
        tasks.push_back(co_yield NewTask{blast(load, number, findings), "blast"});
    }
    for (const Tid task : tasks) {
        co_yield WaitTask{task};
    }
    const Time end = co_yield Now{};
    co_await report(invocation.out, load, findings, end - begin);
    if (findings->failed_connections > 0) {
        co_await print(invocation.err,
                       "blaster: {} connections failed, the first because: {}\n",
                       findings->failed_connections,
                       findings->first_failure);
        co_return 1;
    }
    co_return 0;
}

const Program program("blaster", "load an echo server: rate, latency, every byte checked", blaster);

}  // namespace
}  // namespace yos
