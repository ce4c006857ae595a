// Pipes, and what Read, Write and Close promise, told by pipes: they are all of it that is inside
// the kernel.

#include "syscalls/pipe.h"

#include "syscalls/close.h"
#include "syscalls/read.h"
#include "syscalls/write.h"
#include "tests/lib/actors.h"

#include <algorithm>

namespace yos {
namespace {

Coroutine<std::string> read(Fd fd, std::size_t most = 100) {
    std::string bytes(most, '\0');
    bytes.resize(co_yield Read{fd, bytes});
    co_return bytes;
}

Coroutine<> read_and_tell(Story& story, std::string name, Fd fd, std::size_t most = 100) {
    story.push_back(name + " read '" + co_await read(fd, most) + "'");
}

Coroutine<> write_and_tell(Story& story, std::string name, Fd fd, std::string bytes) {
    const std::size_t written = co_yield Write{fd, bytes};
    story.push_back(name + " wrote " + std::to_string(written));
}

Coroutine<> write_then_read(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    co_await write_and_tell(story, "ann", ends.writer, "hello ");
    co_await write_and_tell(story, "ann", ends.writer, "world");
    co_await read_and_tell(story, "ann", ends.reader, 8);
    co_await read_and_tell(story, "ann", ends.reader, 8);
}

TEST_CASE("A pipe gives out the bytes that were put in, in order", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(write_then_read(story)) == Ending::finished);
    CHECK(story == Story{"ann wrote 6", "ann wrote 5", "ann read 'hello wo'", "ann read 'rld'"});
}

Coroutine<> read_before_write(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    for (const char* name : {"ann", "bob", "cid"}) {
        co_yield NewTask{read_and_tell(story, name, ends.reader, 2)};
    }
    co_await let_the_others_run();
    co_await write_and_tell(story, "dan", ends.writer, "aabbcc");
    co_await let_the_others_run();
}

TEST_CASE("Read waits for bytes, first come, first served", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(read_before_write(story)) == Ending::finished);
    CHECK(story == Story{"dan wrote 6", "ann read 'aa'", "bob read 'bb'", "cid read 'cc'"});
}

Coroutine<> write_more_than_fits(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    const std::string most(limits::pipe_capacity - 2, 'x');
    co_await write_and_tell(story, "dan", ends.writer, most);
    co_await write_and_tell(story, "dan", ends.writer, "abc");
    for (const char* name : {"ann", "bob", "cid"}) {
        co_yield NewTask{write_and_tell(story, name, ends.writer, name)};
    }
    co_await let_the_others_run();
    story.push_back("room for four");
    co_await read(ends.reader, 4);
    co_await let_the_others_run();
    story.push_back("room for all");
    co_await read(ends.reader, limits::pipe_capacity - 6);
    co_await let_the_others_run();
    co_await read_and_tell(story, "dan", ends.reader);
}

TEST_CASE("Write writes what fits, and waits for room, first come, first served", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(write_more_than_fits(story)) == Ending::finished);
    CHECK(story == Story{"dan wrote 65534",
                         "dan wrote 2",
                         "room for four",
                         "ann wrote 3",
                         "bob wrote 1",
                         "room for all",
                         "cid wrote 3",
                         "dan read 'abannbcid'"});
}

Coroutine<> close_the_writer(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    co_yield Write{ends.writer, std::string_view("last")};
    co_yield Close{ends.writer};
    for (const char* name : {"ann", "bob"}) {
        co_await read_and_tell(story, name, ends.reader);
    }
}

Coroutine<> close_the_writer_on_readers(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    for (const char* name : {"ann", "bob"}) {
        co_yield NewTask{read_and_tell(story, name, ends.reader)};
    }
    co_await let_the_others_run();
    co_yield Close{ends.writer};
    co_await let_the_others_run();
}

TEST_CASE("Without a writer Read gives what is left, then 0 for the end of the file", "[pipe]") {
    Machine machine;
    Story story;
    SECTION("to those who come later") {
        CHECK(machine.run(close_the_writer(story)) == Ending::finished);
        CHECK(story == Story{"ann read 'last'", "bob read ''"});
    }
    SECTION("to those who wait") {
        CHECK(machine.run(close_the_writer_on_readers(story)) == Ending::finished);
        CHECK(story == Story{"ann read ''", "bob read ''"});
    }
}

Coroutine<> close_the_reader(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    const std::string full(limits::pipe_capacity, 'x');
    co_yield Write{ends.writer, full};
    for (const char* name : {"ann", "bob"}) {
        auto writing = write_and_tell(story, name, ends.writer, "more");
        co_yield NewTask{tell_failure(story, name, std::move(writing))};
    }
    co_await let_the_others_run();
    co_yield Close{ends.reader};
    co_await tell_failure(story, "cid", write_and_tell(story, "cid", ends.writer, "more"));
    co_await let_the_others_run();
}

TEST_CASE("Without a reader Write fails with EPIPE, also for those who wait", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(close_the_reader(story)) == Ending::finished);
    CHECK(story == Story{"ann: Broken pipe", "bob: Broken pipe", "cid: Broken pipe"});
}

Coroutine<> close_on_oneself(Story& story) {
    const PipeEnds full = co_yield Pipe{};
    const std::string bytes(limits::pipe_capacity, 'x');
    co_yield Write{full.writer, bytes};
    const PipeEnds empty = co_yield Pipe{};
    for (const char* name : {"ann", "bob"}) {
        auto reading = read_and_tell(story, name, empty.reader);
        co_yield NewTask{tell_failure(story, name, std::move(reading))};
        auto writing = write_and_tell(story, name, full.writer, "more");
        co_yield NewTask{tell_failure(story, name, std::move(writing))};
    }
    co_await let_the_others_run();
    story.push_back("close the reader");
    co_yield Close{empty.reader};
    co_await let_the_others_run();
    story.push_back("close the writer");
    co_yield Close{full.writer};
    co_await let_the_others_run();
}

TEST_CASE("Close wakes those who wait for the descriptor with EBADF", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(close_on_oneself(story)) == Ending::finished);
    CHECK(story == Story{"close the reader",
                         "ann: Bad file descriptor",
                         "bob: Bad file descriptor",
                         "close the writer",
                         "ann: Bad file descriptor",
                         "bob: Bad file descriptor"});
}

Coroutine<> close(Fd fd) {
    co_yield Close{fd};
}

Coroutine<> use_badly(Story& story, Fd fd) {
    co_await tell_failure(story, "read", read_and_tell(story, "read", fd));
    co_await tell_failure(story, "write", write_and_tell(story, "write", fd, "x"));
    co_await tell_failure(story, "close", close(fd));
}

Coroutine<> use_after_close(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    const Fd old = ends.reader;
    co_yield Close{old};
    const PipeEnds others = co_yield Pipe{};
    story.push_back(others.reader.fd().number == old.number ? "same number" : "another number");
    co_await use_badly(story, old);
    co_await write_and_tell(story, "new", others.writer, "x");
}

TEST_CASE("A closed descriptor stays closed when its number is taken again", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(use_after_close(story)) == Ending::finished);
    CHECK(story == Story{"same number",
                         "read: Bad file descriptor",
                         "write: Bad file descriptor",
                         "close: Bad file descriptor",
                         "new wrote 1"});
}

TEST_CASE("A descriptor that never was is EBADF to all who use it", "[pipe]") {
    Machine machine;
    Story story;
    machine.run(use_badly(story, Fd{}));
    machine.run(use_badly(story, Fd{1000}));
    CHECK(story.size() == 6);
    CHECK(std::count(story.begin(), story.end(), "read: Bad file descriptor") == 2);
    CHECK(std::count(story.begin(), story.end(), "write: Bad file descriptor") == 2);
    CHECK(std::count(story.begin(), story.end(), "close: Bad file descriptor") == 2);
}

Coroutine<> mix_up_the_ends(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    co_await tell_failure(story, "read", read_and_tell(story, "read", ends.writer));
    co_await tell_failure(story, "write", write_and_tell(story, "write", ends.reader, "x"));
}

TEST_CASE("The ends of a pipe are not to be mixed up: EBADF", "[pipe]") {
    Machine machine;
    Story story;
    machine.run(mix_up_the_ends(story));
    CHECK(story == Story{"read: Bad file descriptor", "write: Bad file descriptor"});
}

}  // namespace
}  // namespace yos
