// Streams that the kernel did not open itself, such as its standard input: shared with others, and
// blocking.

#include "kernel/host/borrowed_stream.h"

#include "programs/lib/print.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

#include <fcntl.h>
#include <fstream>
#include <pty.h>
#include <thread>
#include <unistd.h>

namespace yos {
namespace {

using Pair = std::array<HostDescriptor, 2>;

Pair pair_of(const std::array<int, 2>& numbers) {
    return {HostDescriptor(numbers[0]), HostDescriptor(numbers[1])};
}

/// What is written to the second comes out of the first.
Pair host_pipe() {
    std::array<int, 2> ends{};
    checked(::pipe(ends.data()));
    return pair_of(ends);
}

Pair host_socket_pair() {
    std::array<int, 2> ends{};
    checked(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()));
    return pair_of(ends);
}

/// The terminal is the first, what a person types and sees the second.
Pair host_terminal() {
    std::array<int, 2> ends{};
    checked(::openpty(&ends[1], &ends[0], nullptr, nullptr, nullptr));
    return pair_of(ends);
}

Descriptor borrow(Machine& machine, const HostDescriptor& descriptor, bool patient = false) {
    Kernel& kernel = machine.kernel();
    return kernel.descriptors().open(
        std::make_shared<BorrowedStream>(dynamic_cast<HostPoller&>(*kernel.world().poller),
                                         descriptor.number(),
                                         "a test's",
                                         patient));
}

/// All that is there now.
std::string drain(const HostDescriptor& descriptor) {
    std::string all;
    std::string chunk(65'536, '\0');
    for (;;) {
        pollfd asked{descriptor.number(), POLLIN, 0};
        if (checked(::poll(&asked, 1, 0)) == 0) {
            return all;
        }
        const long got = checked(::read(descriptor.number(), chunk.data(), chunk.size()));
        if (got == 0) {
            return all;
        }
        all.append(chunk, 0, static_cast<std::size_t>(got));
    }
}

void put(const HostDescriptor& descriptor, std::string_view bytes) {
    checked(::write(descriptor.number(), bytes.data(), bytes.size()));
}

Coroutine<> read_piece(Fd fd, std::size_t most, std::vector<std::string>& pieces) {
    std::string piece(most, '\0');
    piece.resize(co_yield Read{fd, piece});
    pieces.push_back(piece.empty() ? "end" : piece);
}

Coroutine<> write_text(Fd fd, std::string text, bool& done) {
    co_await write_all(fd, text.substr(0, 3));  // so that no further piece fits evenly
    co_await write_all(fd, text.substr(3));
    done = true;
}

// ---- Reading ----

Coroutine<> read_by_several(Fd fd, Pair& ends, std::vector<std::string>& pieces) {
    const Tid victim = co_yield NewTask{read_piece(fd, 4, pieces)};
    for (int i = 0; i < 3; ++i) {
        co_yield NewTask{read_piece(fd, 4, pieces)};
    }
    co_await let_others_wait();
    co_yield KillTask{victim};
    put(ends[1], "12345678");
    co_await eventually([&] { return pieces.size() == 2; });
    ends[1] = HostDescriptor(-1);
    co_await eventually([&] { return pieces.size() == 3; });
}

TEST_CASE("readers of a borrowed stream wait for their turn, and none is lost",
          "[borrowed][host]") {
    HostMachine machine;
    Pair ends = GENERATE(0, 1) == 0 ? host_pipe() : host_socket_pair();
    const Descriptor fd = borrow(machine, ends[0]);
    std::vector<std::string> pieces;
    run_to_its_return(machine, read_by_several(fd, ends, pieces));
    CHECK(pieces == std::vector<std::string>{"1234", "5678", "end"});
}

TEST_CASE("a borrowed file is always ready", "[borrowed]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    std::ofstream(scratch.file("text")) << "some text";
    const HostDescriptor file(
        static_cast<int>(checked(::open(scratch.file("text").c_str(), O_RDONLY))));
    const Descriptor fd = borrow(machine, file);
    std::vector<std::string> pieces;
    run_to_its_return(machine, read_piece(fd, 4, pieces));
    run_to_its_return(machine, read_piece(fd, 40, pieces));
    run_to_its_return(machine, read_piece(fd, 40, pieces));
    CHECK(pieces == std::vector<std::string>{"some", " text", "end"});
}

Coroutine<> note_errors(Fd fd, std::vector<std::error_code>& errors) {
    std::string byte(1, '\0');
    errors.push_back(co_await error_of(call<Read>(fd, std::span<char>(byte))));
    errors.push_back(co_await error_of(call<Write>(fd, std::span<const char>(byte))));
}

TEST_CASE("a borrowed number that is not open is EBADF", "[borrowed]") {
    HostMachine machine;
    const Descriptor fd = borrow(machine, HostDescriptor(1'000'000));
    std::vector<std::error_code> errors;
    run_to_its_return(machine, note_errors(fd, errors));
    CHECK(errors ==
          std::vector<std::error_code>(2, std::make_error_code(std::errc::bad_file_descriptor)));
}

// ---- Writing ----

Coroutine<> write_more_than_fits(Fd fd, HostDescriptor& other, std::string& came) {
    bool done = false;
    const std::string text(300'000, 'x');
    co_yield NewTask{write_text(fd, text, done)};
    co_await let_others_wait();  // which they do, and the kernel does not
    CHECK_FALSE(done);
    co_await eventually([&] {
        came += drain(other);
        return done;
    });
    came += drain(other);
    CHECK((came == text));
}

TEST_CASE("who writes to a full borrowed stream waits, and nobody else", "[borrowed][host]") {
    HostMachine machine;
    std::string came;
    SECTION("a pipe") {
        Pair ends = host_pipe();
        const Descriptor fd = borrow(machine, ends[1]);
        run_to_its_return(machine, write_more_than_fits(fd, ends[0], came));
    }
    SECTION("a terminal") {
        Pair ends = host_terminal();
        const Descriptor fd = borrow(machine, ends[0]);
        run_to_its_return(machine, write_more_than_fits(fd, ends[1], came));
    }
    SECTION("a socket") {
        Pair ends = host_socket_pair();
        const Descriptor fd = borrow(machine, ends[0]);
        run_to_its_return(machine, write_more_than_fits(fd, ends[1], came));
    }
}

TEST_CASE("a patient borrowed stream waits in the host", "[borrowed]") {
    HostMachine machine;
    Pair ends = host_pipe();
    const bool non_blocking = GENERATE(false, true);
    if (non_blocking) {
        checked(::fcntl(ends[1].number(), F_SETFL, O_NONBLOCK));
    }
    std::size_t received = 0;
    std::thread reader([&] {
        std::string chunk(1'000, '\0');
        while (const ssize_t got = ::read(ends[0].number(), chunk.data(), chunk.size())) {
            received += static_cast<std::size_t>(got);
        }
    });
    bool done = false;
    {
        const Descriptor fd = borrow(machine, ends[1], true);
        run_to_its_return(machine, write_text(fd, std::string(1'000'000, 'x'), done));
    }
    CHECK_FALSE(machine.record.has("1 woken by 0"));
    ends[1] = HostDescriptor(-1);
    reader.join();
    CHECK(done);
    CHECK(received == 1'000'000);
}

// ---- Both ----

Coroutine<> read_and_write(Fd fd, HostDescriptor& peer, bool reader_first, bool read_first) {
    std::vector<std::string> pieces;
    bool written = false;
    const std::string text(1'000'000, 'x');
    if (reader_first) {
        co_yield NewTask{read_piece(fd, 10, pieces)};
        co_await let_others_wait();
    }
    co_yield NewTask{write_text(fd, text, written)};
    co_await let_others_wait();
    if (!reader_first) {
        co_yield NewTask{read_piece(fd, 10, pieces)};
        co_await let_others_wait();
    }
    const auto feed_the_reader = [&] {
        put(peer, "hello");
        return eventually([&] { return !pieces.empty(); });
    };
    const auto feed_the_writer = [&] {
        return eventually([&] {
            drain(peer);
            return written;
        });
    };
    bool read = false;
    if (read_first) {
        read = co_await feed_the_reader();
    }
    const bool all_written = co_await feed_the_writer();
    CHECK(all_written);
    if (!read_first) {
        read = co_await feed_the_reader();
    }
    CHECK(read);
    CHECK(pieces == std::vector<std::string>{"hello"});
}

TEST_CASE("a reader and a writer wait for the same borrowed stream", "[borrowed][host]") {
    HostMachine machine;
    const bool reader_first = GENERATE(false, true);
    const bool read_first = GENERATE(false, true);
    CAPTURE(reader_first, read_first);
    Pair ends = host_socket_pair();
    const Descriptor fd = borrow(machine, ends[0]);
    run_to_its_return(machine, read_and_write(fd, ends[1], reader_first, read_first));
}

// ---- What others see of it ----

TEST_CASE("a borrowed stream keeps its mode", "[borrowed]") {
    const int which = GENERATE(0, 1, 2);
    const int mode = GENERATE(0, O_NONBLOCK);
    const Pair ends = which == 0 ? host_pipe() : which == 1 ? host_socket_pair() : host_terminal();
    const int number = ends[which == 0 ? 1 : 0].number();
    checked(::fcntl(number, F_SETFL, mode));
    const int flags_before = ::fcntl(number, F_GETFL);
    termios before{};
    ::tcgetattr(number, &before);
    {
        HostMachine machine;
        const Descriptor fd = borrow(machine, ends[which == 0 ? 1 : 0]);
        bool done = false;
        run_to_its_return(machine, write_text(fd, "text", done));
        CHECK(::fcntl(number, F_GETFL) == flags_before);
    }
    CHECK(::fcntl(number, F_GETFL) == flags_before);
    termios after{};
    ::tcgetattr(number, &after);
    CHECK(std::memcmp(&before, &after, sizeof before) == 0);
    CHECK(::fcntl(number, F_GETFD) >= 0);  // still open
}

}  // namespace
}  // namespace yos
