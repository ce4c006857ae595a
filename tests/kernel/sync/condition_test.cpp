#include "syscalls/lock.h"
#include "syscalls/notify.h"
#include "syscalls/unlock.h"
#include "syscalls/wait_on.h"
#include "tests/lib/actors.h"

#include <algorithm>
#include <memory>

namespace yos {
namespace {

struct Monitor {
    Mutex mutex;
    Condition condition;
};

Coroutine<> await(Story& story, std::string name, Monitor& monitor) {
    co_yield Lock{monitor.mutex};
    co_await wait_on(monitor.condition, monitor.mutex);
    story.push_back(name + " notified");
    co_yield Unlock{monitor.mutex};
}

Coroutine<> notify(Condition& condition, Notify::Whom whom, std::vector<std::size_t>& woken) {
    woken.push_back(co_yield Notify{condition, whom});
}

TEST_CASE("Notify wakes the first who waits, or all of them, and tells how many", "[condition]") {
    Machine machine;
    Monitor monitor;
    Story story;
    std::vector<std::size_t> woken;
    for (const char* name : {"ann", "bob", "cid", "dan"}) {
        machine.kernel().spawn(await(story, name, monitor));
    }
    SECTION("the first") {
        machine.kernel().spawn(notify(monitor.condition, Notify::first, woken));
        machine.kernel().spawn(notify(monitor.condition, Notify::first, woken));
        CHECK(machine.kernel().run() == Ending::deadlocked);
        CHECK(woken == std::vector<std::size_t>{1, 1});
        CHECK(story == Story{"ann notified", "bob notified"});
    }
    SECTION("all that are not woken yet") {
        machine.kernel().spawn(notify(monitor.condition, Notify::first, woken));
        machine.kernel().spawn(notify(monitor.condition, Notify::all, woken));
        machine.kernel().spawn(notify(monitor.condition, Notify::all, woken));
        CHECK(machine.kernel().run() == Ending::finished);
        CHECK(woken == std::vector<std::size_t>{1, 3, 0});
        CHECK(story == Story{"ann notified", "bob notified", "cid notified", "dan notified"});
    }
}

TEST_CASE("A notification that nobody waits for is gone", "[condition]") {
    Machine machine;
    Monitor monitor;
    Story story;
    std::vector<std::size_t> woken;
    machine.kernel().spawn(notify(monitor.condition, Notify::first, woken));
    machine.kernel().spawn(await(story, "ann", monitor));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(woken == std::vector<std::size_t>{0});
    CHECK(story.empty());
}

Coroutine<> await_without_lock(Monitor& monitor) {
    co_await wait_on(monitor.condition, monitor.mutex);
}

TEST_CASE("wait_on without the mutex fails with EPERM", "[condition]") {
    Machine machine;
    Monitor monitor;
    Story story;
    CHECK(machine.run(tell_failure(story, "ann", await_without_lock(monitor))) == Ending::finished);
    CHECK(story == Story{"ann: Operation not permitted"});
}

Coroutine<> notify_and_die(Monitor& monitor) {
    co_yield Lock{monitor.mutex};
    co_yield Notify{monitor.condition};
    co_yield Sleep{1ms};
}

TEST_CASE("wait_on fails with EOWNERDEAD when the mutex breaks meanwhile", "[condition]") {
    Machine machine;
    Monitor monitor;
    Story story;
    machine.kernel().spawn(tell_failure(story, "ann", await(story, "ann", monitor)));
    machine.kernel().spawn(tell_failure(story, "bob", await(story, "bob", monitor)));
    machine.kernel().spawn(notify_and_die(monitor));
    CHECK(machine.kernel().run() == Ending::finished);
    // ann did not use the notification, so it went on to bob.
    CHECK(story == Story{"ann: Owner died", "bob: Owner died"});
}

Coroutine<> destroy(std::unique_ptr<Monitor> monitor) {
    co_yield Sleep{1ms};
    monitor.reset();
}

Coroutine<> notify_and_hold(Monitor& monitor) {
    co_yield Lock{monitor.mutex};
    co_yield Notify{monitor.condition};
    co_yield Sleep{9ms};
}

TEST_CASE("A condition that is destroyed fails those who wait on it", "[condition]") {
    Machine machine;
    auto monitor = std::make_unique<Monitor>();
    Story story;
    machine.kernel().spawn(tell_failure(story, "ann", await(story, "ann", *monitor)));
    machine.kernel().spawn(tell_failure(story, "bob", await(story, "bob", *monitor)));
    SECTION("for a notification") {}
    SECTION("for the mutex, having been notified") {
        machine.kernel().spawn(notify_and_hold(*monitor));
    }
    CHECK(machine.run(destroy(std::move(monitor))) == Ending::finished);
    std::sort(story.begin(), story.end());
    CHECK(story == Story{"ann: Identifier removed", "bob: Identifier removed"});
}

}  // namespace
}  // namespace yos
