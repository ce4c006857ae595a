// Groups and those who own them: the one does not outlive the other.

#include "syscalls/get_tid.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "tests/kernel/group_members.h"

#include <algorithm>

namespace yos {
namespace {

Coroutine<> leave_without_join(Story& story) {
    const Mortal frame(story, "owner");
    {
        TaskGroup group;
        co_yield NewTask{sleeper(story, "ann", 1h)}.in(group);
        co_yield NewTask{sleeper(story, "bob", 1h)}.in(group);
        co_yield NewTask{sleeper(story, "unbegun", 1h)}.in(group);
        co_await let_the_others_run();
    }
    story.push_back("left");
}

TEST_CASE("a group whose scope is left kills its tasks, the youngest first", "[group]") {
    Machine machine;
    Story story;
    machine.run(leave_without_join(story));
    CHECK(story == Story{"unbegun gone", "bob gone", "ann gone", "left", "owner gone"});
}

Coroutine<> kill_owner(Tid owner) {
    co_yield KillTask{owner};
}

Coroutine<> own_one_that_kills(Story& story) {
    const Mortal frame(story, "owner");
    TaskGroup group;
    const Tid me = co_yield GetTid{};
    co_yield NewTask{kill_owner(me)}.in(group);
    co_yield Sleep{1h};
}

Coroutine<> wait_for_owner(Story& story) {
    const Tid owner = co_yield NewTask{own_one_that_kills(story)};
    co_yield WaitTask{owner};
    story.push_back("told");
}

TEST_CASE("who waits for the owner of a group is told, when a member has killed it", "[group]") {
    Machine machine;  // its record asks who wakes whom, when the member has gone
    Story story;
    CHECK(machine.run(wait_for_owner(story)) == Ending::finished);
    CHECK(story == Story{"owner gone", "told"});
    CHECK(machine.woken(1, kernel_tid));
}

Coroutine<> own(Story& story, Duration farewell) {
    const Mortal frame(story, "owner");
    TaskGroup group;
    co_yield NewTask{sleeper(story, "ann", 1h, farewell)}.in(group);
    co_await join(group);
}

Coroutine<> spawn_then(Story& story, Coroutine<> owner, bool kills, Duration between) {
    const Tid tid = co_yield NewTask{std::move(owner)};
    co_await let_the_others_run();
    for (int times = 0; times < 2; ++times) {
        if (kills) {
            co_yield KillTask{tid};
        } else {
            co_yield CancelTask{tid, "enough"};
        }
        story.push_back("done");
        co_yield Sleep{between};
    }
}

TEST_CASE("a group goes with its owner", "[group]") {
    Machine machine;
    Story story;
    SECTION("that is killed: at once") {
        machine.run(spawn_then(story, own(story, 5ms), true, 1ms));
        CHECK(story == Story{"ann gone", "owner gone", "done", "done"});
    }
    SECTION("that is cancelled: it cancels them, and waits for them") {
        machine.run(spawn_then(story, own(story, 5ms), false, 10ms));
        CHECK(story == Story{"done",
                             "ann cancelled: the group's owner was interrupted",
                             "ann gone",
                             "owner gone",
                             "done"});
    }
    SECTION("that is cancelled twice: the second time it kills them") {
        machine.run(spawn_then(story, own(story, 5ms), false, 1ms));
        CHECK(story == Story{"done",
                             "ann cancelled: the group's owner was interrupted",
                             "done",
                             "ann gone",
                             "owner gone"});
    }
    SECTION("whose time is up: as if it was cancelled") {
        machine.run(tell(story, with_timeout(2ms, own(story, 5ms))));
        CHECK(story == Story{"ann cancelled: the group's owner was interrupted",
                             "ann gone",
                             "owner gone",
                             "Connection timed out"});
        CHECK(machine.kernel().now() == Time(7ms));
    }
}

Coroutine<> kill_owner(Story& story, Tid owner) {
    const Mortal frame(story, "killer");
    co_yield KillTask{owner};
    story.push_back("lives");
}

Coroutine<> own_killer(Story& story, Tid victim) {
    const Mortal frame(story, "owner");
    TaskGroup group;
    co_yield NewTask{sleeper(story, "ann", 1h)}.in(group);
    co_yield NewTask{kill_owner(story, victim)}.in(group);
    co_await join(group);
}

Coroutine<> own_owner(Story& story) {
    const Mortal frame(story, "outer");
    TaskGroup group;
    co_yield NewTask{own_killer(story, 1)}.in(group);
    co_await join(group);
}

TEST_CASE("a task that kills the owner of its group goes first", "[group]") {
    Machine machine;
    Story story;
    SECTION("the owner of its own") {
        machine.run(own_killer(story, 1));
        CHECK(story.front() == "killer gone");
        CHECK(story.back() == "owner gone");
        CHECK(std::count(story.begin(), story.end(), "lives") == 0);
    }
    SECTION("the owner of the owner's") {
        machine.run(own_owner(story));
        CHECK(story.front() == "killer gone");
        CHECK(story.back() == "outer gone");
    }
}

Coroutine<> nest(int depth) {
    TaskGroup group;
    if (depth > 0) {
        co_yield NewTask{nest(depth - 1)}.in(group);
    } else {
        co_yield Sleep{1h};
    }
    co_await join(group);
}

TEST_CASE("groups in groups go together", "[group]") {
    Machine machine;
    Story story;
    machine.run(spawn_then(story, nest(500), true, 1ms));
    CHECK(machine.kernel().now() < Time(1h));
}

}  // namespace
}  // namespace yos
