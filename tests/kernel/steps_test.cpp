// A kernel in the hands of a program that has a loop of its own.

#include "syscalls/wait_event.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> tick(Story& story, int ticks) {
    for (int i = 1; i <= ticks; ++i) {
        co_yield Sleep{1s};
        story.push_back("tick " + std::to_string(i));
    }
}

TEST_CASE("run_until pauses at the time it is given, and another run goes on", "[kernel]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(tick(story, 3));
    CHECK(machine.kernel().run_until(Time(1500ms)) == Ending::paused);
    CHECK(machine.kernel().now() == Time(1500ms));
    CHECK(story == Story{"tick 1"});
    CHECK(machine.kernel().run_until(Time(2s)) == Ending::paused);
    CHECK(story == Story{"tick 1", "tick 2"});
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"tick 1", "tick 2", "tick 3"});
}

TEST_CASE("run_until ends with the last task, if that is sooner", "[kernel]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(tick(story, 1));
    CHECK(machine.kernel().run_until(Time(1h)) == Ending::finished);
    CHECK(machine.kernel().now() == Time(1s));
}

TEST_CASE("a time that has passed pauses at once, without harm to those who are ready",
          "[kernel]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(tick(story, 1));
    CHECK(machine.kernel().run_until(Time(0s)) == Ending::paused);
    CHECK(machine.kernel().run_until(Time(0s)) == Ending::paused);
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"tick 1"});
}

Coroutine<> wait_for_ever(Event& event) {
    co_yield WaitEvent{event};
}

TEST_CASE("tasks that wait for each other are no deadlock before the pause", "[kernel]") {
    Machine machine;
    Event event;
    machine.kernel().spawn(wait_for_ever(event));
    CHECK(machine.kernel().run_until(Time(1s)) == Ending::paused);
    event.happened = true;  // somebody outside has seen to it
    event.waiters.complete_all();
    CHECK(machine.kernel().run() == Ending::finished);
}

Coroutine<> yield_often(int& steps) {
    for (int i = 0; i < 3; ++i) {
        ++steps;
        co_yield Yield{};
    }
}

TEST_CASE("run_one gives one task one turn", "[kernel]") {
    Machine machine;
    int steps = 0;
    machine.kernel().spawn(yield_often(steps));
    machine.kernel().spawn(yield_often(steps));
    int turns = 0;
    while (machine.kernel().run_one()) {
        ++turns;
        CHECK(steps <= turns);
    }
    CHECK(steps == 6);
    CHECK(turns >= 8);
    CHECK(machine.kernel().run() == Ending::finished);
}

TEST_CASE("run_one says when there is nothing to run, and run() then why", "[kernel]") {
    Machine machine;
    CHECK(!machine.kernel().run_one());
    CHECK(machine.kernel().run() == Ending::finished);

    Event event;
    machine.kernel().spawn(wait_for_ever(event));
    while (machine.kernel().run_one()) {
    }
    CHECK(machine.kernel().run() == Ending::deadlocked);

    Story story;
    machine.kernel().spawn(tick(story, 1));
    machine.kernel().stop();
    CHECK(!(machine.kernel().run_one() && machine.kernel().run_one()));
    CHECK(machine.kernel().run() == Ending::stopped);
    CHECK(story.empty());
}

}  // namespace
}  // namespace yos
