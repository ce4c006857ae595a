#include "kernel/uapi/task_group.h"

#include "syscalls/exit.h"
#include "tests/kernel/group_members.h"

#include <algorithm>

namespace yos {
namespace {

Coroutine<> two_sleepers(Story& story) {
    TaskGroup group;
    co_yield NewTask{sleeper(story, "ann", 1ms)}.in(group);
    co_yield NewTask{sleeper(story, "bob", 2ms)}.in(group);
    co_await join(group);
    story.push_back("joined");
}

TEST_CASE("join waits for all tasks of a group", "[group]") {
    Machine machine;
    Story story;
    machine.run(two_sleepers(story));
    CHECK(story == Story{"ann slept", "ann gone", "bob slept", "bob gone", "joined"});
    CHECK(machine.kernel().now() == Time(2ms));
}

Coroutine<> join_nobody() {
    TaskGroup group;
    co_await join(group);
}

TEST_CASE("join does not wait for an empty group", "[group]") {
    Machine machine;
    CHECK(machine.run(join_nobody()) == Ending::finished);
    CHECK(!machine.blocked(1, "WaitGroup(0 left)"));
}

Coroutine<> fail_beside_others(Story& story) {
    TaskGroup group;
    co_yield NewTask{sleeper(story, "ann", 1h, 5ms)}.in(group);
    co_yield NewTask{fail_after(1ms, "it broke"), "failing"}.in(group);
    co_yield NewTask{sleeper(story, "bob", 1h)}.in(group);
    co_await tell(story, join(group));
    CHECK(group.size() == 0);
    CHECK(group.failures().size() == 1);
}

TEST_CASE("the failure of one task cancels the others, and comes out of join when all have ended",
          "[group]") {
    Machine machine;
    Story story;
    machine.run(fail_beside_others(story));
    CHECK(story == Story{"ann cancelled: failing has failed",
                         "bob cancelled: failing has failed",
                         "bob gone",
                         "ann gone",
                         "it broke"});
    CHECK(machine.kernel().now() == Time(6ms));
}

Coroutine<> fail_twice(Story& story) {
    TaskGroup group;
    co_yield NewTask{fail_after(1ms, "first")}.in(group);
    co_yield NewTask{fail_after(1ms, "second")}.in(group);
    co_await tell(story, join(group));
    for (const std::exception_ptr& failure : group.failures()) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            story.push_back(error.what());
        }
    }
}

/// Throws where others are told that they are cancelled.
Coroutine<> fail_when_cancelled() {
    bool cancelled = false;
    try {
        co_yield Sleep{1h};
    } catch (const Cancelled&) {
        cancelled = true;
    }
    if (cancelled) {
        throw std::runtime_error("second");
    }
}

Coroutine<> fail_in_answer(Story& story) {
    TaskGroup group;
    co_yield NewTask{fail_when_cancelled()}.in(group);
    co_yield NewTask{fail_after(1ms, "first")}.in(group);
    co_await tell(story, join(group));
    CHECK(group.failures().size() == 2);
}

TEST_CASE("join throws the first failure, and the group keeps all", "[group]") {
    Machine machine;
    Story story;
    SECTION("of those that failed while they were cancelled") {
        machine.run(fail_in_answer(story));
        CHECK(story == Story{"first"});
    }
    SECTION("of those that failed at the same time") {
        machine.run(fail_twice(story));
        CHECK(story == Story{"first", "first", "second"});
    }
}

Coroutine<> be_killed(Story& story, bool killed, TaskGroup::Failure failure) {
    TaskGroup group(failure);
    const Tid ann = co_yield NewTask{sleeper(story, "ann", 2ms)}.in(group);
    co_yield NewTask{sleeper(story, "bob", 3ms)}.in(group);
    co_await let_the_others_run();
    if (killed) {
        co_yield KillTask{ann};
    } else {
        co_yield CancelTask{ann, "enough"};
    }
    co_await tell(story, join(group));
}

TEST_CASE("a task of a group that others kill or cancel has failed", "[group]") {
    Machine machine;
    Story story;
    const auto all = TaskGroup::Failure::cancels_all;
    SECTION("killed") {
        machine.run(be_killed(story, true, all));
        CHECK(story.front() == "ann gone");
        CHECK(story.back().find("task 2 (sleeper) was killed by 1") == 0);
    }
    SECTION("cancelled") {
        machine.run(be_killed(story, false, all));
        CHECK(story.front() == "ann cancelled: enough");
        CHECK(story.back().find("task 2 (sleeper) was cancelled by 1 (enough)") == 0);
    }
    CHECK(std::count(story.begin(), story.end(), "bob cancelled: sleeper has failed") == 1);
}

TEST_CASE("a group can go on without those that failed", "[group]") {
    Machine machine;
    Story story;
    machine.run(be_killed(story, true, TaskGroup::Failure::concerns_one));
    CHECK(story == Story{"ann gone", "bob slept", "bob gone", "fine"});
}

Coroutine<> join_own_group(Story& story, TaskGroup& group) {
    co_await tell_failure(story, "member", join(group));
}

Coroutine<> let_member_join(Story& story) {
    TaskGroup group;
    co_yield NewTask{join_own_group(story, group)}.in(group);
    co_await join(group);
}

TEST_CASE("a task cannot wait for the group that it is in", "[group]") {
    Machine machine;
    Story story;
    machine.run(let_member_join(story));
    CHECK(story == Story{"member: Resource deadlock avoided"});
}

Coroutine<> add_to(Story& story, TaskGroup& group) {
    co_yield NewTask{sleeper(story, "grandchild", 5ms)}.in(group);
}

Coroutine<> let_member_add(Story& story) {
    TaskGroup group;
    co_yield NewTask{add_to(story, group)}.in(group);
    co_await join(group);
    story.push_back("joined");
}

TEST_CASE("a task may start others in its own group", "[group]") {
    Machine machine;
    Story story;
    machine.run(let_member_add(story));
    CHECK(story == Story{"grandchild slept", "grandchild gone", "joined"});
}

Coroutine<> start_late(Story& story, TaskGroup& group) {
    co_yield NewTask{sleeper(story, "late", 1ms)}.in(group);
}

Coroutine<> add_after_cancel(Story& story) {
    TaskGroup group;
    co_yield CancelGroup{group};
    co_await tell_failure(story, "owner", start_late(story, group));
    co_await join(group);
}

TEST_CASE("a cancelled group takes no more tasks", "[group]") {
    Machine machine;
    Story story;
    machine.run(add_after_cancel(story));
    CHECK(story == Story{"owner: Operation canceled"});
}

Coroutine<int> answer(int code) {
    if (code == 7) {
        co_yield Exit{code};
    }
    co_return code;
}

Coroutine<> gather_codes() {
    TaskGroup group;
    co_yield NewTask{answer(3)}.in(group);
    co_yield NewTask{answer(7)}.in(group);
    co_await join(group);
}

TEST_CASE("an exit code is no failure", "[group]") {
    Machine machine;
    CHECK(machine.run(gather_codes()) == Ending::finished);
    CHECK(machine.record.has("1 returned 0"));
}

/// Some fail, some are killed, some end; whatever the order, nobody is left, or waits for ever.
Coroutine<> be_unruly(std::uint64_t seed) {
    TaskGroup group;
    std::vector<Tid> tids;
    Story story;
    for (std::uint64_t i = 0; i < 8 && !group.cancelled(); ++i) {
        const Duration time = std::chrono::milliseconds((seed * (i + 3)) % 5);
        const bool fails = (seed + i) % 4 == 0;
        Coroutine<> one = fails ? fail_after(time, "x") : sleeper(story, "s", time, 1ms);
        tids.push_back(co_yield NewTask{std::move(one)}.in(group));
        co_yield Yield{};
    }
    co_yield KillTask{tids[seed % tids.size()]};
    try {
        co_await join(group);
    } catch (const std::exception&) {
    }
    CHECK(group.size() == 0);
}

TEST_CASE("in any order a group ends whole", "[group]") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Machine machine(seed);
        CHECK(machine.run(be_unruly(seed)) == Ending::finished);
    }
}

}  // namespace
}  // namespace yos
