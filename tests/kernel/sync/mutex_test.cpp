#include "syscalls/exit.h"
#include "syscalls/lock.h"
#include "syscalls/unlock.h"
#include "syscalls/wait_task.h"
#include "tests/lib/actors.h"

#include <memory>

namespace yos {
namespace {

Coroutine<> lock(Mutex& mutex) {
    co_yield Lock{mutex};
}

Coroutine<> unlock(Mutex& mutex) {
    co_yield Unlock{mutex};
}

/// Holds the mutex while time passes.
Coroutine<> visit(Story& story, std::string name, Mutex& mutex) {
    co_yield Lock{mutex};
    story.push_back(name + " in");
    co_yield Sleep{1ms};
    story.push_back(name + " out");
    co_yield Unlock{mutex};
}

TEST_CASE("One task at a time holds a mutex, first come, first served", "[mutex]") {
    Machine machine;
    Mutex mutex;
    Story story;
    for (const char* name : {"ann", "bob", "cid"}) {
        machine.kernel().spawn(visit(story, name, mutex));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann in", "ann out", "bob in", "bob out", "cid in", "cid out"});
    CHECK(mutex.owner() == nullptr);
    CHECK(!mutex.broken());
}

Coroutine<> visit_twice(Story& story, std::string name, Mutex& mutex) {
    co_await visit(story, name, mutex);
    co_await visit(story, name, mutex);
}

TEST_CASE("Who unlocks does not overtake those who wait when it locks again", "[mutex]") {
    Machine machine;
    Mutex mutex;
    Story story;
    machine.kernel().spawn(visit_twice(story, "ann", mutex));
    machine.kernel().spawn(visit(story, "bob", mutex));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann in", "ann out", "bob in", "bob out", "ann in", "ann out"});
}

Coroutine<> lock_twice(Story& story, Mutex& mutex) {
    co_yield Lock{mutex};
    co_await tell_failure(story, "again", lock(mutex));
    co_yield Unlock{mutex};
}

TEST_CASE("Lock by the owner fails with EDEADLK, and the owner keeps the mutex", "[mutex]") {
    Machine machine;
    Mutex mutex;
    Story story;
    CHECK(machine.run(lock_twice(story, mutex)) == Ending::finished);
    CHECK(story == Story{"again: Resource deadlock avoided"});
    CHECK(mutex.owner() == nullptr);
}

TEST_CASE("Unlock by another task than the owner fails with EPERM", "[mutex]") {
    Machine machine;
    Mutex mutex;
    Story story;
    machine.kernel().spawn(visit(story, "ann", mutex));
    machine.kernel().spawn(tell_failure(story, "bob", unlock(mutex)));
    machine.kernel().spawn(visit(story, "cid", mutex));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann in", "bob: Operation not permitted", "ann out", "cid in", "cid out"});
}

TEST_CASE("Unlock of a mutex that nobody holds fails with EPERM", "[mutex]") {
    Machine machine;
    Mutex mutex;
    Story story;
    CHECK(machine.run(tell_failure(story, "ann", unlock(mutex))) == Ending::finished);
    CHECK(story == Story{"ann: Operation not permitted"});
}

Coroutine<> lock_and_end(Mutex& mutex, bool by_exit) {
    co_yield Lock{mutex};
    co_yield Sleep{1ms};
    if (by_exit) {
        co_yield Exit{0};
    }
}

Coroutine<> lock_and_sleep_forever(Mutex& mutex) {
    co_yield Lock{mutex};
    co_yield Sleep{Duration::max()};
}

Coroutine<> kill_later(Tid victim) {
    co_yield Sleep{1ms};
    co_yield KillTask{victim};
}

TEST_CASE("A dead owner breaks its mutex, and all who want it are told", "[mutex]") {
    Machine machine;
    Mutex mutex;
    Story story;
    SECTION("it returned") {
        machine.kernel().spawn(lock_and_end(mutex, false), {.name = "owner"});
    }
    SECTION("it exited") {
        machine.kernel().spawn(lock_and_end(mutex, true), {.name = "owner"});
    }
    SECTION("it was killed") {
        const Tid owner = machine.kernel().spawn(lock_and_sleep_forever(mutex), {.name = "owner"});
        machine.kernel().spawn(kill_later(owner));
    }
    machine.kernel().spawn(tell_failure(story, "ann", lock(mutex)));
    machine.kernel().spawn(tell_failure(story, "bob", lock(mutex)));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann: Owner died", "bob: Owner died"});
    CHECK(mutex.broken());
    CHECK(mutex.owner() == nullptr);

    CHECK(machine.run(tell_failure(story, "late", lock(mutex))) == Ending::finished);
    CHECK(story.back() == "late: Owner died");

    const std::vector<std::string> log = machine.kernel().log().recent();
    REQUIRE(log.size() == 1);
    CHECK(log.front().find("warning: task 1 (owner) ended with a lock held") != std::string::npos);
}

Coroutine<> hold_two(Mutex& first, Mutex& second) {
    co_yield Lock{first};
    co_yield Lock{second};
}

TEST_CASE("A dead owner breaks every mutex that it held", "[mutex]") {
    Machine machine;
    Mutex first;
    Mutex second;
    CHECK(machine.run(hold_two(first, second)) == Ending::finished);
    CHECK(first.broken());
    CHECK(second.broken());
}

Coroutine<> unlock_in_another_order(Mutex& first, Mutex& second, Mutex& third) {
    co_yield Lock{first};
    co_yield Lock{second};
    co_yield Lock{third};
    co_yield Unlock{second};
    co_yield Unlock{first};
    co_yield Unlock{third};
}

TEST_CASE("Mutexes may be given back in any order", "[mutex]") {
    Machine machine;
    Mutex first;
    Mutex second;
    Mutex third;
    CHECK(machine.run(unlock_in_another_order(first, second, third)) == Ending::finished);
    CHECK((!first.broken() && !second.broken() && !third.broken()));
    CHECK(machine.kernel().log().recent().empty());
}

Coroutine<> destroy(std::unique_ptr<Mutex> mutex) {
    co_yield Yield{};
    mutex.reset();
}

TEST_CASE("A mutex that is destroyed fails those who wait for it", "[mutex]") {
    Machine machine;
    auto mutex = std::make_unique<Mutex>();
    Story story;
    machine.kernel().spawn(lock_and_sleep_forever(*mutex));
    machine.kernel().spawn(tell_failure(story, "ann", lock(*mutex)));
    machine.kernel().spawn(tell_failure(story, "bob", lock(*mutex)));
    machine.kernel().spawn(destroy(std::move(mutex)));
    CHECK(machine.run(kill_later(1)) == Ending::finished);
    CHECK(story == Story{"ann: Identifier removed", "bob: Identifier removed"});
    CHECK(machine.kernel().log().recent().empty());  // its owner had nothing left to break
}

Coroutine<> own_a_locked_mutex() {
    Mutex mutex;
    co_yield Lock{mutex};
}

TEST_CASE("A mutex that goes with its owner breaks nothing", "[mutex]") {
    Machine machine;
    CHECK(machine.run(own_a_locked_mutex()) == Ending::finished);
    CHECK(machine.kernel().log().recent().empty());
}

}  // namespace
}  // namespace yos
