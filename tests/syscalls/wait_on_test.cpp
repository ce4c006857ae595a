#include "syscalls/wait_on.h"

#include "syscalls/lock.h"
#include "syscalls/notify.h"
#include "syscalls/unlock.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

/// What a condition usually guards: a number of things to take.
struct Shelf {
    Mutex mutex;
    Condition filled;
    int things = 0;
};

Coroutine<> take(Story& story, std::string name, Shelf& shelf) {
    std::exception_ptr interruption;
    co_yield Lock{shelf.mutex};
    while (shelf.things == 0 && !interruption) {
        try {
            co_await wait_on(shelf.filled, shelf.mutex);
        } catch (const Interruption&) {
            interruption = std::current_exception();
        }
    }
    if (interruption) {
        story.push_back(name + " interrupted");
    } else {
        --shelf.things;
        story.push_back(name + " took one");
    }
    co_yield Unlock{shelf.mutex};  // or fails, when wait_on did not take it again
    if (interruption) {
        std::rethrow_exception(interruption);
    }
}

/// Puts one thing on the shelf, notifies, and keeps the mutex for a while.
Coroutine<> put(Shelf& shelf, Duration busy) {
    co_yield Lock{shelf.mutex};
    ++shelf.things;
    co_yield Notify{shelf.filled};
    co_yield Sleep{busy};
    co_yield Unlock{shelf.mutex};
}

TEST_CASE("wait_on gives the mutex back and has it again when it returns", "[condition]") {
    Machine machine;
    Shelf shelf;
    Story story;
    machine.kernel().spawn(take(story, "ann", shelf));
    machine.kernel().spawn(take(story, "bob", shelf));
    machine.kernel().spawn(put(shelf, 1ms));
    machine.kernel().spawn(put(shelf, 1ms));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann took one", "bob took one"});
    CHECK(shelf.things == 0);
    CHECK(shelf.mutex.owner() == nullptr);
}

Coroutine<> cancel_at(Duration when, Tid task) {
    co_yield Sleep{when};
    co_yield CancelTask{task, "enough"};
}

Coroutine<> kill_at(Duration when, Tid task) {
    co_yield Sleep{when};
    co_yield KillTask{task};
}

Coroutine<> hold(Mutex& mutex, Duration duration) {
    co_yield Lock{mutex};
    co_yield Sleep{duration};
    co_yield Unlock{mutex};
}

TEST_CASE("wait_on has the mutex again when it is interrupted", "[condition]") {
    Machine machine;
    Kernel& kernel = machine.kernel();
    Shelf shelf;
    Story story;
    SECTION("by a cancellation") {
        const Tid ann = kernel.spawn(take(story, "ann", shelf));
        kernel.spawn(cancel(ann));
        CHECK(kernel.run() == Ending::finished);
        CHECK(story == Story{"ann interrupted"});
        CHECK(machine.record.has("1 cancelled by 2 (enough)"));
    }
    SECTION("by two, while another holds the mutex") {
        const Tid ann = kernel.spawn(take(story, "ann", shelf));
        kernel.spawn(hold(shelf.mutex, 9ms));
        kernel.spawn(cancel_at(5ms, ann));
        kernel.spawn(cancel_at(6ms, ann));
        CHECK(kernel.run() == Ending::finished);
        CHECK(story == Story{"ann interrupted"});
        CHECK(machine.record.has("1 cancelled by 3 (enough)"));
        CHECK(kernel.now() == Time(9ms));
    }
    SECTION("by a deadline") {
        auto waiting = with_timeout(5ms, take(story, "ann", shelf));
        kernel.spawn(tell_failure(story, "ann", std::move(waiting)));
        CHECK(kernel.run() == Ending::finished);
        CHECK(story == Story{"ann interrupted", "ann: Connection timed out"});
    }
    CHECK(!shelf.mutex.broken());
}

TEST_CASE("wait_on still has the mutex when a cancellation is due as it begins", "[condition]") {
    Kernel::Options options = Machine::options();
    options.quantum = 1;
    Machine machine(options);
    Shelf shelf;
    Story story;
    const Tid ann = machine.kernel().spawn(take(story, "ann", shelf));
    CHECK(machine.run(cancel(ann)) == Ending::finished);
    CHECK(story == Story{"ann interrupted"});
    CHECK(machine.record.has("1 cancelled by 2 (enough)"));
    CHECK(!machine.record.has("1 blocked on AwaitNotification()"));
    CHECK(!shelf.mutex.broken());
}

TEST_CASE("A deadline does not hide a cancellation that came before it", "[condition]") {
    Machine machine;
    Kernel& kernel = machine.kernel();
    Shelf shelf;
    Story story;
    auto waiting = with_timeout(6ms, take(story, "ann", shelf));
    const Tid ann = kernel.spawn(tell_failure(story, "ann", std::move(waiting)));
    kernel.spawn(hold(shelf.mutex, 9ms));
    kernel.spawn(cancel_at(5ms, ann));
    CHECK(kernel.run() == Ending::finished);
    CHECK(story == Story{"ann interrupted", "ann: cancelled by 3: enough"});
}

Coroutine<> lock_and_die(Mutex& mutex, Duration when) {
    co_yield Lock{mutex};
    co_yield Sleep{when};
}

Coroutine<> wait_once(Shelf& shelf) {
    co_yield Lock{shelf.mutex};
    co_await wait_on(shelf.filled, shelf.mutex);
}

TEST_CASE("A broken mutex does not hide a cancellation that came before it", "[condition]") {
    Machine machine;
    Kernel& kernel = machine.kernel();
    Shelf shelf;
    Story story;
    const Tid ann = kernel.spawn(tell_failure(story, "ann", wait_once(shelf)));
    kernel.spawn(lock_and_die(shelf.mutex, 9ms));
    kernel.spawn(cancel_at(5ms, ann));
    CHECK(kernel.run() == Ending::finished);
    CHECK(story == Story{"ann: cancelled by 3: enough"});
}

TEST_CASE("A notification is not lost on a task that is ended while it waits for the mutex",
          "[condition]") {
    Machine machine;
    Kernel& kernel = machine.kernel();
    Shelf shelf;
    Story story;
    SECTION("by a kill: the next in line gets it") {
        const Tid ann = kernel.spawn(take(story, "ann", shelf));
        kernel.spawn(take(story, "bob", shelf));
        kernel.spawn(put(shelf, 9ms));
        kernel.spawn(kill_at(5ms, ann));
        CHECK(kernel.run() == Ending::finished);
        CHECK(story == Story{"bob took one"});
    }
    SECTION("by a cancellation: it takes what it was notified of first") {
        const Tid ann = kernel.spawn(take(story, "ann", shelf));
        kernel.spawn(put(shelf, 9ms));
        kernel.spawn(cancel_at(5ms, ann));
        CHECK(kernel.run() == Ending::finished);
        CHECK(story == Story{"ann took one"});
    }
    SECTION("by a deadline: it takes what it was notified of first") {
        kernel.spawn(with_timeout(5ms, take(story, "ann", shelf)));
        kernel.spawn(put(shelf, 9ms));
        CHECK(kernel.run() == Ending::finished);
        CHECK(story == Story{"ann took one"});
    }
    CHECK(shelf.things == 0);
}

TEST_CASE("A notification is not lost on a task that is ended before it has run", "[condition]") {
    Machine machine;
    Kernel& kernel = machine.kernel();
    Shelf shelf;
    Story story;
    const Tid ann = kernel.spawn(take(story, "ann", shelf));
    kernel.spawn(take(story, "bob", shelf));
    kernel.spawn(put(shelf, 0ms));
    SECTION("by a kill") {
        kernel.spawn(kill(ann));
    }
    SECTION("by a cancellation") {
        kernel.spawn(cancel(ann));
    }
    CHECK(kernel.run() == Ending::finished);
    CHECK(story.back() == "bob took one");
    CHECK(shelf.things == 0);
}

}  // namespace
}  // namespace yos
