#include "syscalls/new_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write_wait.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

#include <algorithm>

namespace yos {
namespace {

using namespace std::chrono_literals;

/// Counts what it has got rid of.
Coroutine<> send_for_ever(Fd fd, std::size_t& sent, std::error_code& error) {
    const std::string chunk(65'536, 'x');
    try {
        for (;;) {
            sent += co_yield Write{fd, chunk};
        }
    } catch (const std::system_error& failure) {
        error = failure.code();
    }
}

Coroutine<> read_slowly(std::size_t total, std::size_t& most_under_way) {
    Connection connection = co_await make_connection();
    std::size_t sent = 0;
    std::error_code error;
    co_yield NewTask{send_for_ever(connection.server.fd(), sent, error)};
    std::size_t received = 0;
    std::string chunk(4'096, '\0');
    while (received < total) {
        received += co_yield Read{connection.client.fd(), chunk};
        most_under_way = std::max(most_under_way, sent - received);
        co_await let_others_wait();
    }
    co_await connection.client.close();
    co_await eventually([&] { return bool(error); });
    CHECK((error == std::errc::connection_reset || error == std::errc::broken_pipe));
}

TEST_CASE("a writer waits for a slow reader, and nothing piles up in the kernel",
          "[backpressure][host]") {
    HostMachine machine;
    std::size_t most_under_way = 0;
    run_to_its_return(machine, read_slowly(20'000'000, most_under_way));
    CHECK(most_under_way < 16'000'000);  // what the host keeps of a connection
}

Coroutine<> write_mark(Fd fd, char mark) {
    const std::string marks(100'000, mark);
    std::string_view rest = marks;
    while (!rest.empty()) {
        rest.remove_prefix(co_yield Write{fd, rest});
    }
}

Coroutine<> write_by_many(std::string at, std::string& received) {
    Connection connection = co_await make_connection(at);
    for (const char mark : {'a', 'b', 'c', 'd', 'e', 'f'}) {
        co_yield NewTask{write_mark(connection.client.fd(), mark)};
    }
    co_await let_others_wait();
    while (received.size() < 600'000) {
        received += co_await connection.server.recv(10'000);
    }
}

TEST_CASE("several writers at one descriptor all get their bytes out", "[backpressure][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    std::string received;
    run_to_its_return(machine, write_by_many("unix:" + scratch.file("socket"), received));
    for (const char mark : {'a', 'b', 'c', 'd', 'e', 'f'}) {
        CHECK(std::count(received.begin(), received.end(), mark) == 100'000);
    }
}

Coroutine<> wait_for_room(Fd fd, std::vector<std::string>& events) {
    co_yield WriteWait{fd};
    events.push_back("room");
}

Coroutine<> make_room(std::string at, std::vector<std::string>& events) {
    Connection connection = co_await make_connection(at);
    const Fd fd = connection.client.fd();
    co_await wait_for_room(fd, events);
    std::size_t sent = 0;
    std::error_code error;
    co_yield NewTask{send_for_ever(fd, sent, error)};
    for (std::size_t before = 1; sent != before;) {
        before = sent;
        co_await let_others_wait();
    }
    co_yield NewTask{wait_for_room(fd, events)};
    co_await let_others_wait();
    events.push_back("full");
    std::size_t drained = 0;
    while (events.back() != "room") {
        const std::string bytes = co_await connection.server.recv(65'536);
        drained += bytes.size();
        co_await let_others_wait();
    }
    CHECK(drained > 0);
    co_await connection.server.close();
    co_await eventually([&] { return bool(error); });
    CHECK((error == std::errc::connection_reset || error == std::errc::broken_pipe));
}

TEST_CASE("WriteWait waits while there is no room", "[backpressure][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    std::vector<std::string> events;
    run_to_its_return(machine, make_room("unix:" + scratch.file("socket"), events));
    CHECK(events == std::vector<std::string>{"room", "full", "room"});
}

Coroutine<> break_off(std::error_code& error) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer peer(co_await listener.local_address());
    Socket server = co_await listener.accept();
    std::size_t sent = 0;
    co_yield NewTask{send_for_ever(server.fd(), sent, error)};
    co_await let_others_wait();
    CHECK(sent > 0);
    CHECK_FALSE(error);
    peer.reset();
    co_await eventually([&] { return bool(error); });
}

TEST_CASE("a reset fails the Write that waits", "[backpressure][host]") {
    HostMachine machine;
    std::error_code error;
    run_to_its_return(machine, break_off(error));
    CHECK(error == std::errc::connection_reset);
}

Coroutine<> send_what_fits_in_a_second(Fd fd, std::size_t& sent) {
    const std::string chunk(1'000, 'x');
    try {
        for (;;) {
            sent += co_await with_timeout(1s, call<Write>(fd, std::span<const char>(chunk)));
        }
    } catch (const TimedOut&) {
    }
}

Coroutine<> time_a_writer_out(std::string at, std::size_t& sent, std::size_t& received) {
    Connection connection = co_await make_connection(at);
    co_await send_what_fits_in_a_second(connection.client.fd(), sent);
    co_await connection.client.close();
    const std::string bytes = co_await read_all(connection.server.fd());
    received = bytes.size();
}

TEST_CASE("a writer that timed out has written what it was told, and no more",
          "[backpressure][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    std::size_t sent = 0;
    std::size_t received = 0;
    run_to_its_return(machine, time_a_writer_out("unix:" + scratch.file("socket"), sent, received));
    CHECK(sent > 0);
    CHECK(received == sent);
}

}  // namespace
}  // namespace yos
