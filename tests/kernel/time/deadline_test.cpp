// What happens to a task at its deadline, at the edges of with_timeout.

#include "syscalls/get_tid.h"
#include "syscalls/lock.h"
#include "syscalls/unlock.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/actors.h"

#include <algorithm>

namespace yos {
namespace {

Coroutine<> sleep_and_tell(Story& story, Duration duration) {
    const Mortal frame(story, "sleeper");
    co_yield Sleep{duration};
    story.push_back("slept");
}

Coroutine<> make_calls(Story& story, int calls) {
    for (int i = 0; i < calls; ++i) {
        co_yield GetTid{};
    }
    story.push_back("made " + std::to_string(calls) + " calls");
}

TEST_CASE("A deadline of now lets a subroutine do what does not block", "[syscalls]") {
    Machine machine;
    Story story;
    SECTION("to its end") {
        machine.run(tell_failure(story, "ann", with_timeout(0ms, make_calls(story, 9))));
        CHECK(story == Story{"made 9 calls"});
    }
    SECTION("up to the first call that does") {
        machine.run(tell_failure(story, "ann", with_timeout(0ms, sleep_and_tell(story, 1ms))));
        CHECK(story == Story{"sleeper gone", "ann: Connection timed out"});
        CHECK(machine.kernel().now() == Time(0ms));
    }
}

TEST_CASE("A deadline in the past fails with EINVAL, and the subroutine does not run",
          "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(tell_failure(story, "ann", with_timeout(-1ns, make_calls(story, 1))));
    CHECK(story == Story{"ann: Invalid argument"});
}

TEST_CASE("A deadline at the end of time does not come", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(with_timeout(Duration::max(), sleep_and_tell(story, 1000h)));
    machine.run(with_timeout(Duration::max(), sleep_and_tell(story, 1000h)));
    CHECK(story == Story{"slept", "sleeper gone", "slept", "sleeper gone"});
}

/// So many that the I/O task, which looks after the clock, has its turn before they are through.
void spawn_a_crowd(Kernel& kernel) {
    for (unsigned i = 0; i <= limits::dispatches_between_polls; ++i) {
        kernel.spawn(do_nothing());
    }
}

Coroutine<> yield_and_tell(Story& story) {
    co_yield Yield{};
    story.push_back("yielded");
}

Coroutine<> yield_and_call(Story& story) {
    co_yield Yield{};
    story.push_back("yielded");
    co_yield GetTid{};
    story.push_back("called");
}

Coroutine<> lock_and_yield(Story& story, Mutex& mutex) {
    co_yield Lock{mutex};
    co_yield Yield{};
    co_yield Unlock{mutex};
    story.push_back("unlocked");
    co_yield Yield{};
    story.push_back("went on");
}

TEST_CASE("A deadline that comes while the task is ready counts from its next call", "[syscalls]") {
    Machine machine;
    Mutex mutex;
    Story story;
    SECTION("so one that makes no further call is in time") {
        machine.kernel().spawn(tell_failure(story, "a", with_timeout(0ms, yield_and_tell(story))));
        spawn_a_crowd(machine.kernel());
        CHECK(machine.kernel().run() == Ending::finished);
        CHECK(story == Story{"yielded"});
    }
    SECTION("which is interrupted") {
        machine.kernel().spawn(tell_failure(story, "a", with_timeout(0ms, yield_and_call(story))));
        spawn_a_crowd(machine.kernel());
        CHECK(machine.kernel().run() == Ending::finished);
        CHECK(story == Story{"yielded", "a: Connection timed out"});
    }
    SECTION("but not if that gives something back") {
        auto limited = with_timeout(0ms, lock_and_yield(story, mutex));
        machine.kernel().spawn(tell_failure(story, "a", std::move(limited)));
        spawn_a_crowd(machine.kernel());
        CHECK(machine.kernel().run() == Ending::finished);
        CHECK(story == Story{"unlocked", "a: Connection timed out"});
        CHECK(!mutex.broken());
    }
}

Coroutine<> limit_then_call(Story& story) {
    co_await with_timeout(0ms, yield_and_tell(story));
    co_await make_calls(story, 1);
    co_await sleep_and_tell(story, 1ms);
}

TEST_CASE("A deadline that came unnoticed does not reach beyond its scope", "[syscalls]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(tell_failure(story, "ann", limit_then_call(story)));
    spawn_a_crowd(machine.kernel());
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"yielded", "made 1 calls", "slept", "sleeper gone"});
}

Coroutine<> clean_up(Story& story) {
    std::exception_ptr expired;
    try {
        co_yield Sleep{1h};
    } catch (const DeadlineExpired&) {
        expired = std::current_exception();
    }
    story.push_back("begins to clean up");
    co_yield Sleep{5ms};
    story.push_back("has cleaned up");
    std::rethrow_exception(expired);
}

TEST_CASE("A task whose time is up may clean up with further calls", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(tell_failure(story, "ann", with_timeout(10ms, clean_up(story))));
    CHECK(story == Story{"begins to clean up", "has cleaned up", "ann: Connection timed out"});
    CHECK(machine.kernel().now() == Time(15ms));
}

TEST_CASE("While a task cleans up after one deadline, an outer one interrupts it", "[syscalls]") {
    Machine machine;
    Story story;
    auto inner = with_timeout(10ms, clean_up(story));
    machine.run(tell_failure(story, "ann", with_timeout(12ms, std::move(inner))));
    CHECK(story == Story{"begins to clean up", "ann: Connection timed out"});
    CHECK(machine.kernel().now() == Time(12ms));
}

Coroutine<> swallow_failures(Story& story) {
    try {
        co_yield Sleep{1h};
    } catch (const std::exception&) {
        story.push_back("swallowed");
    }
    story.push_back("went on");
}

TEST_CASE("A handler for std::exception does not swallow a deadline", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(tell_failure(story, "ann", with_timeout(10ms, swallow_failures(story))));
    CHECK(story == Story{"ann: Connection timed out"});
}

TEST_CASE("A cancelled or killed task takes its deadlines with it", "[syscalls]") {
    Machine machine;
    Story story;
    auto inner = with_timeout(10ms, sleep_and_tell(story, 1h));
    auto outer = with_timeout(20ms, std::move(inner));
    const Tid task = machine.kernel().spawn(tell_failure(story, "ann", std::move(outer)));
    SECTION("cancelled") {
        machine.run(cancel(task));
        CHECK(story == Story{"sleeper gone", "ann: cancelled by 2: enough"});
    }
    SECTION("killed") {
        machine.run(kill(task));
        CHECK(story == Story{"sleeper gone"});
    }
    CHECK(machine.kernel().now() == Time(0ms));
    CHECK(machine.kernel().timers().empty());
}

Coroutine<> limit_often(Story& story, int times) {
    for (int i = 0; i < times; ++i) {
        co_await tell_failure(story, "ann", with_timeout(1ms, sleep_and_tell(story, 1h)));
    }
}

TEST_CASE("A task may run into deadlines again and again", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(limit_often(story, 100));
    CHECK(story.size() == 200);
    CHECK(std::count(story.begin(), story.end(), "ann: Connection timed out") == 100);
    CHECK(machine.kernel().now() == Time(100ms));
}

}  // namespace
}  // namespace yos
