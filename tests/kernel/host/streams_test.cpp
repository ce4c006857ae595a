// What a connected stream owes to its peer and to those who come after a reader or a writer that is
// gone, whichever backend moves the bytes.

#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/read_wait.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write_wait.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

#include <algorithm>
#include <memory>
#include <sys/socket.h>
#include <thread>

namespace yos {
namespace {

using namespace std::chrono_literals;

std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i * i >> 7);
    }
    return bytes;
}

/// All that the peer can receive without waiting; adds "end" at the end of the file.
std::string drain(const HostPeer& peer) {
    std::string all;
    std::string chunk(65'536, '\0');
    for (;;) {
        const ssize_t got = ::recv(peer.number(), chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (got <= 0) {
            return got == 0 ? all + "end" : all;
        }
        all.append(chunk, 0, static_cast<std::size_t>(got));
    }
}

Coroutine<> read_a_byte(Fd fd, char& byte) {
    co_yield Read{fd, std::span(&byte, 1)};
}

// ---- Those who wrote and are gone ----

Coroutine<> write_and_rest(Socket& socket, std::string bytes) {
    co_await socket.send(bytes);
    co_yield Sleep{1h};
}

Coroutine<> kill_a_writer(std::size_t size, std::string& came) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer peer(co_await listener.local_address());
    {
        Socket server = co_await listener.accept();
        const Tid writer = co_yield NewTask{write_and_rest(server, pattern(size))};
        co_yield Sleep{0s};
        co_yield KillTask{writer};
    }
    co_await eventually([&] {
        came += came.ends_with("end") ? "" : drain(peer);
        return came.ends_with("end");
    });
}

TEST_CASE("what a task wrote before it was killed reaches the peer, and then the end",
          "[streams][host]") {
    HostMachine machine;
    const std::size_t size = GENERATE(5, 5'000, 50'000);
    std::string came;
    run_to_its_return(machine, kill_a_writer(size, came));
    CHECK((came == pattern(size) + "end"));
}

Coroutine<> write_last_words(std::unique_ptr<HostPeer>& peer) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    peer = std::make_unique<HostPeer>(co_await listener.local_address());
    Socket server = co_await listener.accept();
    co_await server.send("last words");
}

TEST_CASE("what the last task writes goes out before run returns", "[streams][host]") {
    HostMachine machine;
    std::unique_ptr<HostPeer> peer;
    run_to_its_return(machine, write_last_words(peer));
    CHECK(drain(*peer).starts_with("last words"));
}

/// Writes until there is no room, and leaves.
Coroutine<> fill_and_leave(std::unique_ptr<HostPeer>& peer, std::string bytes, std::size_t& sent) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    peer = std::make_unique<HostPeer>(co_await listener.local_address());
    const Socket server = co_await listener.accept();
    try {
        for (;;) {
            const std::span<const char> rest = std::span(bytes).subspan(sent);
            sent += co_await with_timeout(1s, call<Write>(server.fd(), rest.first(1'000)));
        }
    } catch (const TimedOut&) {
    }
}

TEST_CASE("a kernel that ends still sends what was written, as long as the peer reads",
          "[streams][host]") {
    const std::string bytes = pattern(20'000'000);
    std::size_t sent = 0;
    std::string came;
    std::thread reader;
    std::unique_ptr<HostPeer> peer;
    {
        HostMachine machine;
        run_to_its_return(machine, fill_and_leave(peer, bytes, sent));
        CHECK(sent > 100'000);
        reader = std::thread([&] {
            came.resize(sent);
            came.resize(static_cast<std::size_t>(
                ::recv(peer->number(), came.data(), came.size(), MSG_WAITALL)));
        });
    }
    reader.join();
    CHECK((came == bytes.substr(0, sent)));
    CHECK(drain(*peer) == "end");
}

Coroutine<> echo_to_oneself(std::string& came) {
    Connection connection = co_await make_connection();
    static char byte;
    co_yield NewTask{read_a_byte(connection.client.fd(), byte)};
    co_await let_others_wait();  // it still reads when all is closed
    co_await connection.client.send("hello");
    came = co_await connection.server.recv(10);
}

TEST_CASE("a kernel may be made on one thread, run on another, and end on the first",
          "[streams][host]") {
    Kernel kernel(Machine::on_host());
    std::string came;
    std::thread([&] {
        kernel.spawn(echo_to_oneself(came));
        kernel.run();
    }).join();
    CHECK(came == "hello");
}

// ---- Those who read and are gone ----

Coroutine<> time_readers_out(std::string& came) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer peer(co_await listener.local_address());
    Socket server = co_await listener.accept();
    char byte = 0;
    for (const std::string text : {"one ", "two ", "three"}) {
        const std::error_code error =
            co_await error_of(with_timeout(1s, read_a_byte(server.fd(), byte)));
        CHECK(error == std::errc::timed_out);
        peer.send(text);
        co_await let_others_wait();  // it comes when nobody waits for it
        const std::string all = co_await server.recv(100);
        came += all;
    }
    CHECK(byte == 0);
}

TEST_CASE("bytes that come when their reader is gone are there for the next", "[streams][host]") {
    HostMachine machine;
    std::string came;
    run_to_its_return(machine, time_readers_out(came));
    CHECK(came == "one two three");
}

Coroutine<> kill_a_reader(std::string& came) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer peer(co_await listener.local_address());
    Socket server = co_await listener.accept();
    char byte = 0;
    const Tid reader = co_yield NewTask{read_a_byte(server.fd(), byte)};
    co_await let_others_wait();
    co_yield KillTask{reader};
    co_await server.close();
    co_await eventually([&] {
        came += came.empty() ? drain(peer) : "";
        return !came.empty();
    });
}

TEST_CASE("the peer of a stream that is closed while read sees the end", "[streams][host]") {
    HostMachine machine;
    std::string came;
    run_to_its_return(machine, kill_a_reader(came));
    CHECK(came == "end");
}

Coroutine<> read_line(Socket socket, std::vector<std::string>& lines) {
    co_yield ReadWait{socket.fd()};
    lines.push_back(co_await socket.recv(100));
}

Coroutine<> serve_a_crowd(std::size_t size, std::vector<std::string>& lines) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    std::vector<HostPeer> peers;
    for (std::size_t i = 0; i < size; ++i) {
        peers.emplace_back(co_await listener.local_address());
        Socket server = co_await listener.accept();
        co_yield NewTask{read_line(std::move(server), lines)};
    }
    co_await let_others_wait();
    for (std::size_t i = 0; i < size; ++i) {  // all at once, as far as the kernel can tell
        peers[i].send("line " + std::to_string(i));
    }
    co_await eventually([&] { return lines.size() == size; });
}

TEST_CASE("more streams than the kernel has buffers are served all the same", "[streams][host]") {
    HostMachine machine;
    std::vector<std::string> lines;
    run_to_its_return(machine, serve_a_crowd(1'000, lines));
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    CHECK(lines.size() == 1'000);
}

// ---- Failures are told ----

Coroutine<> write_to_a_peer_that_resets(std::vector<std::error_code>& errors) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer peer(co_await listener.local_address());
    Socket server = co_await listener.accept();
    peer.reset();
    co_await let_others_wait();
    std::error_code error;
    while (!error) {
        error = co_await error_of(server.send("x"));
        co_await let_others_wait();
    }
    errors.push_back(error);
    errors.push_back(co_await error_of(server.send("x")));
    errors.push_back(co_await error_of(call<WriteWait>(server.fd())));
    const std::string rest = co_await server.recv(10);
    CHECK(rest == "");
}

TEST_CASE("a reset that a Write meets is told once, then it is EPIPE and the end",
          "[streams][host]") {
    HostMachine machine;
    std::vector<std::error_code> errors;
    run_to_its_return(machine, write_to_a_peer_that_resets(errors));
    REQUIRE(errors.size() == 3);
    CHECK(errors[0] == std::errc::connection_reset);
    CHECK(errors[1] == std::errc::broken_pipe);
    CHECK_FALSE(errors[2]);
}

Coroutine<> shut_down_behind_a_lot(std::string& came) {
    Connection connection = co_await make_connection();
    const std::string bytes = pattern(3'000'000);
    const auto send = [](Socket& socket, std::string what) -> Coroutine<> {
        co_await socket.send(what);
        co_await socket.shutdown_writing();
        const std::string answer = co_await socket.recv(10);
        CHECK(answer == "thanks");
    };
    const Tid sender = co_yield NewTask{send(connection.client, bytes)}.joinable();
    came = co_await read_all(connection.server.fd());
    co_await connection.server.send("thanks");
    co_yield WaitTask{sender};
}

TEST_CASE("ShutdownWriting comes behind all that was written", "[streams][host]") {
    HostMachine machine;
    std::string came;
    run_to_its_return(machine, shut_down_behind_a_lot(came));
    CHECK((came == pattern(3'000'000)));
}

}  // namespace
}  // namespace yos
