// A stream from a peer that sends small pieces, as in a conversation: what comes ahead of its
// reader, or in bulk all of a sudden, is neither lost nor out of order, and does not pile up.

#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

#include <algorithm>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace yos {
namespace {

std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i * i >> 7);
    }
    return bytes;
}

/// A peer of the host's and a stream of the kernel's, which have talked a little.
struct Conversation {
    HostPeer peer;
    Socket socket;
};

Coroutine<> talk(Conversation& conversation) {
    for (int i = 0; i < 10; ++i) {
        conversation.peer.send("piece");
        const std::string came = co_await conversation.socket.recv(100);
        CHECK(came == "piece");
    }
}

Coroutine<Conversation> converse(Socket& listener) {
    HostPeer peer(co_await listener.local_address());
    Socket socket = co_await listener.accept();
    Conversation conversation{std::move(peer), std::move(socket)};
    co_await talk(conversation);
    co_return conversation;
}

Coroutine<Conversation> converse() {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    co_return co_await converse(listener);
}

Coroutine<std::string> read_exactly(Socket& socket, std::size_t size, std::size_t most_at_once) {
    std::string all;
    while (all.size() < size) {
        const std::string piece = co_await socket.recv(std::min(size - all.size(), most_at_once));
        if (piece.empty()) {
            break;
        }
        all += piece;
    }
    co_return all;
}

Coroutine<> send_ahead_of_the_reader(std::string& sent, std::string& came) {
    Conversation conversation = co_await converse();
    for (int i = 0; i < 5'000; ++i) {
        const std::string piece = std::to_string(i) + " ";
        conversation.peer.send(piece);
        sent += piece;
        if (i % 7 == 0) {
            co_await let_others_wait();  // the kernel receives what was sent so far
            came += co_await conversation.socket.recv(3);
        }
    }
    came += co_await read_exactly(conversation.socket, sent.size() - came.size(), 100);
    co_await talk(conversation);
}

TEST_CASE("pieces that come ahead of their reader stay in order", "[small_pieces][host]") {
    HostMachine machine;
    std::string sent;
    std::string came;
    run_to_its_return(machine, send_ahead_of_the_reader(sent, came));
    CHECK((came == sent));
}

Coroutine<> send_in_bulk(std::size_t size, std::size_t most_at_once, std::string& came) {
    Conversation conversation = co_await converse();
    const std::string bytes = pattern(size);
    for (int round = 0; round < 2; ++round) {
        std::thread sender([&] { conversation.peer.send(bytes); });
        came += co_await read_exactly(conversation.socket, size, most_at_once);
        sender.join();
        co_await talk(conversation);
    }
}

TEST_CASE("a bulk among small pieces comes whole", "[small_pieces][host]") {
    HostMachine machine;
    const std::size_t size = GENERATE(15'000, 16'384, 100'000, 10'000'000);
    const std::size_t most_at_once = GENERATE(4'096, 100'000);
    std::string came;
    run_to_its_return(machine, send_in_bulk(size, most_at_once, came));
    CHECK((came == pattern(size) + pattern(size)));
}

/// Sends until it may send no more.
Coroutine<> send_to_nobody(std::size_t& sent) {
    Conversation conversation = co_await converse();
    const std::string bytes(65'536, 'x');
    for (int in_vain = 0; in_vain < 100; ++in_vain) {
        const ssize_t put =
            ::send(conversation.peer.number(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (put > 0) {
            sent += static_cast<std::size_t>(put);
            in_vain = 0;
        }
        co_await let_others_wait();
    }
}

TEST_CASE("when nobody reads, a peer that sent small pieces must wait", "[small_pieces][host]") {
    HostMachine machine;
    std::size_t sent = 0;
    run_to_its_return(machine, send_to_nobody(sent));
    CHECK(sent < 16'000'000);  // what the host keeps of a connection
}

Coroutine<> send_to_a_crowd(std::size_t size, std::size_t& right) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    std::vector<Conversation> crowd;
    for (std::size_t i = 0; i < size; ++i) {
        crowd.push_back(co_await converse(listener));
    }
    const std::string bytes = pattern(50'000);
    for (Conversation& conversation : crowd) {
        conversation.peer.send(bytes);
    }
    co_await let_others_wait();
    for (Conversation& conversation : crowd) {
        const std::string came = co_await read_exactly(conversation.socket, bytes.size(), 10'000);
        right += came == bytes ? 1 : 0;
        co_await talk(conversation);
    }
}

TEST_CASE("many streams that nobody reads leave buffers for the others", "[small_pieces][host]") {
    HostMachine machine;
    std::size_t right = 0;
    run_to_its_return(machine, send_to_a_crowd(400, right));
    CHECK(right == 400);
}

Coroutine<> read_a_byte(Fd fd) {
    char byte = 0;
    co_yield Read{fd, std::span(&byte, 1)};
}

Coroutine<> kill_who_reads(std::string& came) {
    Conversation conversation = co_await converse();
    const Tid reader = co_yield NewTask{read_a_byte(conversation.socket.fd())};
    co_await let_others_wait();
    co_yield KillTask{reader};
    conversation.peer.send("for the next");
    co_await let_others_wait();
    came = co_await conversation.socket.recv(100);
    co_await talk(conversation);
}

TEST_CASE("a piece that comes when its reader was killed is there for the next",
          "[small_pieces][host]") {
    HostMachine machine;
    std::string came;
    run_to_its_return(machine, kill_who_reads(came));
    CHECK(came == "for the next");
}

Coroutine<> end_with_a_piece(std::string& came, std::error_code& error) {
    Conversation conversation = co_await converse();
    conversation.peer.send("the last");
    co_await let_others_wait();
    conversation.peer.close();
    came = co_await conversation.socket.recv(100);
    error = co_await error_of(conversation.socket.recv(100));
    const std::string rest = co_await conversation.socket.recv(100);
    CHECK(rest == "");
}

TEST_CASE("after the last piece comes the end", "[small_pieces][host]") {
    HostMachine machine;
    std::string came;
    std::error_code error;
    run_to_its_return(machine, end_with_a_piece(came, error));
    CHECK(came == "the last");
    CHECK_FALSE(error);
}

Coroutine<> close_with_pieces_unread(std::size_t& closed) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    for (int i = 0; i < 600; ++i) {  // more than there are buffers
        Conversation conversation = co_await converse(listener);
        const Tid reader = co_yield NewTask{read_a_byte(conversation.socket.fd())};
        co_await let_others_wait();
        conversation.peer.send("two bytes or more");
        co_yield KillTask{reader};
        conversation.peer.send("and more");
        ++closed;
    }
    Conversation conversation = co_await converse(listener);
    co_await talk(conversation);
}

TEST_CASE("streams that are closed with pieces unread give their buffers back",
          "[small_pieces][host]") {
    HostMachine machine;
    std::size_t closed = 0;
    run_to_its_return(machine, close_with_pieces_unread(closed));
    CHECK(closed == 600);
}

}  // namespace
}  // namespace yos
