// ReadWait and WriteWait, told by pipes.

#include "syscalls/close.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/read_wait.h"
#include "syscalls/write.h"
#include "syscalls/write_wait.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> await_readable(Story& story, std::string name, Fd fd) {
    co_yield ReadWait{fd};
    story.push_back(name + " may read");
}

Coroutine<> await_writable(Story& story, std::string name, Fd fd) {
    co_yield WriteWait{fd};
    story.push_back(name + " may write");
}

Coroutine<> fill(Fd writer) {
    const std::string bytes(limits::pipe_capacity, 'x');
    co_yield Write{writer, bytes};
}

Coroutine<> take_one(Fd reader) {
    char byte = 0;
    co_yield Read{reader, std::span(&byte, 1)};
}

Coroutine<> put_one(Fd writer) {
    co_yield Write{writer, std::string_view("x")};
}

Coroutine<> wait_for_nothing(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    co_await await_writable(story, "ann", ends.writer);
    co_await put_one(ends.writer);
    co_await await_readable(story, "ann", ends.reader);
}

TEST_CASE("ReadWait and WriteWait of a ready descriptor do not block", "[pipe]") {
    Machine machine;
    Story story;
    machine.run(wait_for_nothing(story));
    CHECK(story == Story{"ann may write", "ann may read"});
    for (const std::string& line : machine.record.lines) {
        CHECK(line.find("blocked") == std::string::npos);
    }
}

Coroutine<> make_three_wait(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    for (const char* name : {"ann", "bob", "cid"}) {
        co_yield NewTask{await_readable(story, name, ends.reader)};
    }
    co_await let_the_others_run();
    story.push_back("put one");
    co_await put_one(ends.writer);
    co_await let_the_others_run();

    co_await fill(ends.writer);
    for (const char* name : {"ann", "bob", "cid"}) {
        co_yield NewTask{await_writable(story, name, ends.writer)};
    }
    co_await let_the_others_run();
    story.push_back("take one");
    co_await take_one(ends.reader);
    co_await let_the_others_run();
}

TEST_CASE("All who wait for a descriptor are woken, first come, first served (pyos7 lost them)",
          "[pipe][course]") {
    Machine machine;
    Story story;
    CHECK(machine.run(make_three_wait(story)) == Ending::finished);
    CHECK(story == Story{"put one",
                         "ann may read",
                         "bob may read",
                         "cid may read",
                         "take one",
                         "ann may write",
                         "bob may write",
                         "cid may write"});
}

Coroutine<> wait_and_take(Story& story, std::string name, Fd reader) {
    co_yield ReadWait{reader};
    co_await take_one(reader);
    story.push_back(name + " took one");
}

Coroutine<> put_one_by_one(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    for (const char* name : {"ann", "bob", "cid"}) {
        co_yield NewTask{wait_and_take(story, name, ends.reader)};
    }
    for (int i = 1; i <= 3; ++i) {
        co_await let_the_others_run();
        story.push_back("put one");
        co_await put_one(ends.writer);
    }
    co_await let_the_others_run();
}

TEST_CASE("Who may read, but finds the byte taken by another, waits on", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(put_one_by_one(story)) == Ending::finished);
    CHECK(story ==
          Story{"put one", "ann took one", "put one", "bob took one", "put one", "cid took one"});
}

Coroutine<> close_what_is_waited_for(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    co_await fill(ends.writer);
    const PipeEnds empty = co_yield Pipe{};
    for (const char* name : {"ann", "bob"}) {
        auto reading = await_readable(story, name, empty.reader);
        co_yield NewTask{tell_failure(story, name, std::move(reading))};
    }
    for (const char* name : {"cid", "dan"}) {
        auto writing = await_writable(story, name, ends.writer);
        co_yield NewTask{tell_failure(story, name, std::move(writing))};
    }
    co_await let_the_others_run();
    co_yield Close{empty.reader};
    co_yield Close{ends.writer};
    co_await let_the_others_run();
}

TEST_CASE("Close wakes those who wait for readiness with EBADF", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(close_what_is_waited_for(story)) == Ending::finished);
    CHECK(story == Story{"ann: Bad file descriptor",
                         "bob: Bad file descriptor",
                         "cid: Bad file descriptor",
                         "dan: Bad file descriptor"});
}

Coroutine<> close_the_other_end(Story& story) {
    const PipeEnds full = co_yield Pipe{};
    co_await fill(full.writer);
    const PipeEnds empty = co_yield Pipe{};
    for (const char* name : {"ann", "bob"}) {
        co_yield NewTask{await_readable(story, name, empty.reader)};
    }
    for (const char* name : {"cid", "dan"}) {
        co_yield NewTask{await_writable(story, name, full.writer)};
    }
    co_await let_the_others_run();
    co_yield Close{empty.writer};
    co_yield Close{full.reader};
    co_await let_the_others_run();
}

TEST_CASE("With the other end closed a pipe is ready: a try would not block", "[pipe]") {
    Machine machine;
    Story story;
    CHECK(machine.run(close_the_other_end(story)) == Ending::finished);
    CHECK(story == Story{"ann may read", "cid may write", "bob may read", "dan may write"});
}

Coroutine<> wait_badly(Story& story, Fd fd) {
    co_await tell_failure(story, "read", await_readable(story, "ann", fd));
    co_await tell_failure(story, "write", await_writable(story, "ann", fd));
}

Coroutine<> wait_for_a_closed_one(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    const Fd old = ends.reader;
    co_yield Close{old};
    const PipeEnds others = co_yield Pipe{};
    co_await put_one(others.writer);
    co_await wait_badly(story, old);
    co_await wait_badly(story, Fd{1000});
}

TEST_CASE("ReadWait and WriteWait of a closed descriptor fail with EBADF (pyos7 died of it)",
          "[pipe][course]") {
    Machine machine;
    Story story;
    CHECK(machine.run(wait_for_a_closed_one(story)) == Ending::finished);
    CHECK(story == Story{"read: Bad file descriptor",
                         "write: Bad file descriptor",
                         "read: Bad file descriptor",
                         "write: Bad file descriptor"});
}

}  // namespace
}  // namespace yos
