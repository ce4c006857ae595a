#include "kernel/sync/barrier.h"

#include "syscalls/wait_barrier.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/actors.h"

#include <memory>

namespace yos {
namespace {

Coroutine<> arrive(Story& story, std::string name, Barrier& barrier, Duration after, int rounds) {
    for (int round = 1; round <= rounds; ++round) {
        co_yield Sleep{after};
        const bool last = co_yield WaitBarrier{barrier};
        story.push_back(name + (last ? " last" : "") + " " + std::to_string(round));
    }
}

TEST_CASE("a barrier opens when all have come, and is closed again", "[barrier]") {
    Machine machine;
    Story story;
    Barrier barrier(3);
    machine.kernel().spawn(arrive(story, "slow", barrier, 3ms, 2));
    machine.kernel().spawn(arrive(story, "fast", barrier, 1ms, 2));
    machine.kernel().spawn(arrive(story, "brisk", barrier, 2ms, 2));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"slow last 1", "fast 1", "brisk 1", "slow last 2", "fast 2", "brisk 2"});
    CHECK(machine.kernel().now() == Time(6ms));
    CHECK(machine.blocked(2, "WaitBarrier(0 of 3)") == false);
    CHECK(machine.woken(2, 1));
}

TEST_CASE("a barrier for one is always open", "[barrier]") {
    Machine machine;
    Story story;
    Barrier barrier(1);
    machine.run(arrive(story, "ann", barrier, 0ms, 3));
    CHECK(story == Story{"ann last 1", "ann last 2", "ann last 3"});
}

TEST_CASE("one that waits no more does not count at a barrier", "[barrier]") {
    Machine machine;
    Story story;
    Barrier barrier(2);
    SECTION("killed") {
        const Tid ann = machine.kernel().spawn(arrive(story, "ann", barrier, 0ms, 1));
        machine.kernel().run_until(Time(1ms));
        machine.kernel().spawn(kill(ann));
    }
    SECTION("cancelled") {
        const Tid ann = machine.kernel().spawn(arrive(story, "ann", barrier, 0ms, 1));
        machine.kernel().run_until(Time(1ms));
        machine.kernel().spawn(cancel(ann));
    }
    SECTION("timed out") {
        machine.kernel().spawn(
            tell_failure(story, "", with_timeout(1ms, arrive(story, "ann", barrier, 0ms, 1))));
    }
    machine.kernel().spawn(arrive(story, "bob", barrier, 5ms, 1));
    machine.kernel().spawn(arrive(story, "cid", barrier, 6ms, 1));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story[story.size() - 2] == "cid last 1");
    CHECK(story.back() == "bob 1");
}

Coroutine<> destroy(std::unique_ptr<Barrier> barrier) {
    co_yield Sleep{1ms};
    barrier.reset();
}

TEST_CASE("those who wait at a barrier that is destroyed are told", "[barrier]") {
    Machine machine;
    Story story;
    auto barrier = std::make_unique<Barrier>(2);
    machine.kernel().spawn(tell_failure(story, "ann", arrive(story, "ann", *barrier, 0ms, 1)));
    machine.run(destroy(std::move(barrier)));
    CHECK(story == Story{"ann: Identifier removed"});
}

TEST_CASE("tasks that do not come make a barrier a deadlock, which is reported", "[barrier]") {
    Machine machine;
    Story story;
    Barrier barrier(2);
    CHECK(machine.run(arrive(story, "ann", barrier, 0ms, 1)) == Ending::deadlocked);
}

}  // namespace
}  // namespace yos
