// The poller is edge-triggered, and the kernel remembers what it said. Where an edge is lost, or a
// short read taken for an empty socket that is not, these tests miss bytes or never end.

#include "syscalls/new_task.h"
#include "syscalls/open.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

#include <array>
#include <cstring>
#include <pty.h>
#include <unistd.h>

namespace yos {
namespace {

/// One entry for each Read.
Coroutine<> read_pieces(Fd fd, std::size_t most, std::vector<std::string>& pieces) {
    std::string buffer(most, '\0');
    while (const std::size_t got = co_yield Read{fd, buffer}) {
        pieces.push_back(buffer.substr(0, got));
    }
    pieces.push_back("end");
}

std::string join(const std::vector<std::string>& pieces) {
    std::string all;
    for (const std::string& piece : pieces) {
        all += piece;
    }
    return all;
}

// ---- Bytes and the end of the file ----

Coroutine<> send_then_close(bool wait_before, bool wait_between, std::vector<std::string>& pieces) {
    Connection connection = co_await make_connection();
    co_yield NewTask{read_pieces(connection.server.fd(), 100, pieces)};
    if (wait_before) {
        co_await let_others_wait();
    }
    co_await connection.client.send("last words");
    if (wait_between) {
        co_await let_others_wait();
    }
    co_await connection.client.close();
    co_await eventually([&] { return join(pieces).ends_with("end"); });
}

TEST_CASE("the end of the file is seen, together with the last bytes or after them",
          "[readiness][host]") {
    HostMachine machine;
    std::vector<std::string> pieces;
    const bool wait_before = GENERATE(false, true);
    const bool wait_between = GENERATE(false, true);
    CAPTURE(wait_before, wait_between);
    run_to_its_return(machine, send_then_close(wait_before, wait_between, pieces));
    CHECK(pieces == std::vector<std::string>{"last words", "end"});
}

Coroutine<> send_in_pieces(std::size_t most, std::vector<std::string>& pieces) {
    Connection connection = co_await make_connection();
    co_yield NewTask{read_pieces(connection.server.fd(), most, pieces)};
    co_await let_others_wait();
    for (const char* text : {"1234", "123456789", "12", "12345678"}) {
        co_await connection.client.send(text);
        const std::size_t before = pieces.size();
        co_await eventually([&] { return pieces.size() > before; });
    }
    co_await connection.client.close();
    co_await eventually([&] { return join(pieces).ends_with("end"); });
}

TEST_CASE("a read that fills its buffer leaves the rest to the next", "[readiness][host]") {
    HostMachine machine;
    std::vector<std::string> pieces;
    run_to_its_return(machine, send_in_pieces(4, pieces));
    CHECK(join(pieces) == "12341234567891212345678end");
    for (const std::string& piece : pieces) {
        CHECK(piece.size() <= 4);
    }
}

// ---- Resets ----

Coroutine<> note_error(Fd fd, std::error_code& error) {
    error = co_await error_of(read_all(fd));
}

Coroutine<> reset_a_reader(bool with_bytes, std::error_code& error, std::error_code& later) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer peer(co_await listener.local_address());
    Socket server = co_await listener.accept();
    co_yield NewTask{note_error(server.fd(), error)};
    co_await let_others_wait();
    if (with_bytes) {
        peer.send("bytes that need not arrive");
    }
    peer.reset();
    co_await eventually([&] { return bool(error); });
    later = co_await error_of(server.send("x"));
}

TEST_CASE("a reset fails the Read that waits, and the Write that follows", "[readiness][host]") {
    HostMachine machine;
    const bool with_bytes = GENERATE(false, true);
    CAPTURE(with_bytes);
    std::error_code error;
    std::error_code later;
    run_to_its_return(machine, reset_a_reader(with_bytes, error, later));
    CHECK(error == std::errc::connection_reset);
    CHECK(later == std::errc::broken_pipe);
}

Coroutine<> reset_before_accept(std::error_code& error) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer gone(co_await listener.local_address());
    gone.reset();
    HostPeer peer(co_await listener.local_address());
    Socket first = co_await listener.accept();
    error = co_await error_of(read_all(first.fd()));
    Socket second = co_await listener.accept();
    peer.send("here");
    const std::string came = co_await second.recv(4);
    CHECK(came == "here");
}

TEST_CASE("a connection that was reset before Accept harms no other", "[readiness][host]") {
    HostMachine machine;
    std::error_code error;
    run_to_its_return(machine, reset_before_accept(error));
    CHECK(error == std::errc::connection_reset);
}

// ---- Short reads that leave something behind ----

Coroutine<> send_around_an_urgent_byte(std::vector<std::string>& pieces) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    HostPeer peer(co_await listener.local_address());
    Socket server = co_await listener.accept();
    co_yield NewTask{read_pieces(server.fd(), 100, pieces)};
    co_await let_others_wait();
    peer.send("before");
    peer.send("!", MSG_OOB);
    peer.send("after");
    co_await eventually([&] { return join(pieces) == "beforeafter"; });
    CHECK(join(pieces) == "beforeafter");
    peer.close();
    co_await eventually([&] { return join(pieces).ends_with("end"); });
}

TEST_CASE("a read that stops short of an urgent byte does not lose what follows",
          "[readiness][host]") {
    HostMachine machine;
    std::vector<std::string> pieces;
    run_to_its_return(machine, send_around_an_urgent_byte(pieces));
    CHECK(join(pieces) == "beforeafterend");
}

Coroutine<> type_three_lines(std::vector<std::string>& pieces) {
    int keyboard = -1;
    int screen = -1;
    checked(::openpty(&keyboard, &screen, nullptr, nullptr, nullptr));
    const HostDescriptor master(keyboard);
    const HostDescriptor keeps_it_open(screen);
    const Descriptor terminal = co_yield Open{::ttyname(screen)};
    co_yield NewTask{read_pieces(terminal, 100, pieces)};
    co_await let_others_wait();
    checked(::write(keyboard, "one\ntwo\nthree\n\x04", 15));
    co_await eventually([&] { return join(pieces).ends_with("end"); });
}

TEST_CASE("a terminal gives all lines that were typed at once", "[readiness][host]") {
    HostMachine machine;
    std::vector<std::string> pieces;
    run_to_its_return(machine, type_three_lines(pieces));
    CHECK(pieces == std::vector<std::string>{"one\n", "two\n", "three\n", "end"});
}

/// A descriptor sent along a Unix-domain socket ends the read that it came with.
void send_with_a_descriptor(const HostPeer& peer, std::string bytes) {
    iovec text{bytes.data(), bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    const int number = peer.number();
    std::memcpy(CMSG_DATA(header), &number, sizeof number);
    checked(::sendmsg(peer.number(), &message, 0));
}

Coroutine<> send_descriptors(std::string at, std::vector<std::string>& pieces) {
    Socket listener = co_await Socket::listen(Address::parse(at));
    HostPeer peer(co_await listener.local_address());
    Socket server = co_await listener.accept();
    co_yield NewTask{read_pieces(server.fd(), 100, pieces)};
    co_await let_others_wait();
    send_with_a_descriptor(peer, "first");
    send_with_a_descriptor(peer, "second");
    co_await eventually([&] { return join(pieces) == "firstsecond"; });
    CHECK(join(pieces) == "firstsecond");
    peer.close();
    co_await eventually([&] { return join(pieces).ends_with("end"); });
}

TEST_CASE("a read that stops behind a passed descriptor does not lose what follows",
          "[readiness][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    std::vector<std::string> pieces;
    run_to_its_return(machine, send_descriptors("unix:" + scratch.file("socket"), pieces));
    CHECK(join(pieces) == "firstsecondend");
}

}  // namespace
}  // namespace yos
