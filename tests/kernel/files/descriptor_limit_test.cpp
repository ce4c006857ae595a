#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/open.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

#include <algorithm>
#include <sys/resource.h>

namespace yos {
namespace {

/// While it lives, the process can open just so many descriptors more.
class DescriptorLimit {
public:
    explicit DescriptorLimit(unsigned more) {
        checked(::getrlimit(RLIMIT_NOFILE, &before_));
        std::vector<HostDescriptor> gaps;  // filled, so that the free numbers are the highest ones
        for (unsigned i = 0; i <= more; ++i) {
            gaps.emplace_back(static_cast<int>(checked(::dup(STDERR_FILENO))));
        }
        rlimit now = before_;
        now.rlim_cur = static_cast<rlim_t>(gaps.back().number());
        checked(::setrlimit(RLIMIT_NOFILE, &now));
    }
    DescriptorLimit(const DescriptorLimit&) = delete;
    DescriptorLimit& operator=(const DescriptorLimit&) = delete;
    ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

Coroutine<> accept_at_the_limit(std::error_code& error) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer peer(co_await listener.local_address());
    {
        const DescriptorLimit none(0);
        error = co_await error_of(call<Accept>(listener.fd()));
    }
    peer.send("still here");
    Socket connection = co_await listener.accept();
    const std::string came = co_await connection.recv(100);
    CHECK(came == "still here");
}

TEST_CASE("Accept fails with EMFILE at the limit, and keeps the connection for later",
          "[descriptor limit][host]") {
    HostMachine machine;
    std::error_code error;
    run_to_its_return(machine, accept_at_the_limit(error));
    CHECK(error == std::errc::too_many_files_open);
}

Coroutine<> use_what_needs_a_descriptor(std::vector<std::error_code>& errors) {
    const Address address = Address::parse("127.0.0.1:0");
    Socket listener = co_await Socket::listen(address);  // the first brings more than its own
    const DescriptorLimit none(0);
    errors.push_back(co_await error_of(Socket::listen(address)));
    errors.push_back(co_await error_of(Socket::connect(address)));
    errors.push_back(co_await error_of(call<Open>(std::string("/dev/null"))));
}

TEST_CASE("Listen, Connect and Open fail with EMFILE at the limit", "[descriptor limit][host]") {
    HostMachine machine;
    std::vector<std::error_code> errors;
    run_to_its_return(machine, use_what_needs_a_descriptor(errors));
    CHECK(errors ==
          std::vector<std::error_code>(3, std::make_error_code(std::errc::too_many_files_open)));
}

Coroutine<> echo(Socket connection) {
    for (;;) {
        const std::string bytes = co_await connection.recv(100);
        if (bytes.empty()) {
            co_return;
        }
        co_await connection.send(bytes);
    }
}

Coroutine<> serve(Socket& listener, std::size_t& accepted) {
    for (;;) {
        Socket connection = co_await listener.accept();
        ++accepted;
        co_yield NewTask{echo(std::move(connection))};
    }
}

Coroutine<> crowd_a_server(Record& record) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    std::vector<HostPeer> peers;
    for (int i = 0; i < 10; ++i) {
        peers.emplace_back(co_await listener.local_address());
    }
    const DescriptorLimit four(4);
    std::size_t accepted = 0;
    const Tid server = co_yield NewTask{serve(listener, accepted)};
    const bool full = co_await eventually([&] { return accepted == 4; });
    CHECK(full);

    // It backs off: ten tries a second, for as long as there is no descriptor.
    const std::size_t before = record.count("2 trapped Accept(0)");
    co_yield Sleep{std::chrono::seconds(10)};
    CHECK(accepted == 4);
    CHECK(record.count("2 trapped Accept(0)") - before <= 101);
    CHECK(record.count("2 trapped Accept(0)") > before);

    // Those that it has are served.
    for (std::size_t i = 0; i < 4; ++i) {
        peers[i].send("ping");
        co_await eventually([&] { return peers[i].has_something_to_receive(); });
        CHECK(peers[i].receive(4) == "ping");
    }

    // Each that goes makes room for two that wait: both of its ends were of this process.
    for (std::size_t i = 0; i < 6; ++i) {
        peers[i].close();
        const bool came = co_await eventually(
            [&] { return accepted == std::min<std::size_t>(peers.size(), 6 + 2 * i); });
        CHECK(came);
        peers[i + 4].send("pong");
        co_await eventually([&] { return peers[i + 4].has_something_to_receive(); });
        CHECK(peers[i + 4].receive(4) == "pong");
    }
    co_yield KillTask{server};
    for (HostPeer& peer : peers) {
        peer.close();
    }
}

TEST_CASE("a server without descriptors backs off, keeps its connections, and recovers",
          "[descriptor limit][host]") {
    HostMachine machine;
    run_to_its_return(machine, crowd_a_server(machine.record));
}

}  // namespace
}  // namespace yos
