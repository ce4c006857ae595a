#include "syscalls/cancel_task.h"

#include "syscalls/get_tid.h"
#include "syscalls/receive.h"
#include "tests/lib/actors.h"

#include <memory>

namespace yos {
namespace {

Coroutine<> sleep_for_ever() {
    co_yield Sleep{Duration::max()};
}

Coroutine<> cancel_and_tell(Story& story, Tid task) {
    const bool there_was_one = co_yield CancelTask{task, "enough"};
    story.push_back(there_was_one ? "cancelled" : "nobody there");
}

TEST_CASE("CancelTask tells whether there was such a task", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid sleeping = machine.kernel().spawn(sleep_for_ever());
    const Tid ended = machine.kernel().spawn(do_nothing());
    const Tid zombie = machine.kernel().spawn(do_nothing(), {.joinable = true});
    for (const Tid tid : {sleeping, ended, zombie, Tid{99}}) {
        machine.kernel().spawn(cancel_and_tell(story, tid));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"cancelled", "nobody there", "nobody there", "nobody there"});
    machine.kernel().collect(zombie);
}

TEST_CASE("CancelTask of a kernel task fails with EPERM", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(tell_failure(story, "ann", cancel(kernel_tid))) == Ending::finished);
    CHECK(story == Story{"ann: Operation not permitted"});
}

Coroutine<> sleep_in_frames(Story& story, int depth) {
    const Mortal here(story, "frame " + std::to_string(depth));
    if (depth < 2) {
        co_await sleep_in_frames(story, depth + 1);
    } else {
        co_await tell_failure(story, "sleeper", sleep_for_ever());
        co_yield GetTid{};
    }
}

TEST_CASE("Cancelled is thrown at the suspended call, with by whom and why", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid task = machine.kernel().spawn(sleep_in_frames(story, 1));
    CHECK(machine.run(cancel(task)) == Ending::finished);
    CHECK(story == Story{"sleeper: cancelled by 2: enough", "frame 2 gone", "frame 1 gone"});
    CHECK(machine.record.has("1 returned 0"));
}

Coroutine<> swallow_failures(Story& story) {
    try {
        co_yield Sleep{Duration::max()};
    } catch (const std::exception&) {
        story.push_back("swallowed");
    }
    story.push_back("went on");
}

TEST_CASE("A handler for std::exception does not swallow a cancellation", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid task = machine.kernel().spawn(swallow_failures(story));
    CHECK(machine.run(cancel(task)) == Ending::finished);
    CHECK(story.empty());
    CHECK(machine.record.has("1 cancelled by 2 (enough)"));
}

Coroutine<> clean_up(Story& story) {
    std::exception_ptr cancelled;
    try {
        co_yield Sleep{1h};
    } catch (const Cancelled&) {
        cancelled = std::current_exception();
    }
    story.push_back("begins to clean up");
    co_yield Sleep{5ms};
    story.push_back("has cleaned up");
    std::rethrow_exception(cancelled);
}

TEST_CASE("A cancelled task may clean up with further calls", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid task = machine.kernel().spawn(clean_up(story));
    CHECK(machine.run(cancel(task)) == Ending::finished);
    CHECK(story == Story{"begins to clean up", "has cleaned up"});
    CHECK(machine.kernel().now() == Time(5ms));
    CHECK(machine.record.has("1 interrupted in Sleep(3600s)"));
    CHECK(machine.record.has("1 cancelled by 2 (enough)"));
}

Coroutine<> make_a_call(Story& story) {
    story.push_back("started");
    co_yield GetTid{};
    story.push_back("went on");
}

TEST_CASE("A task that is cancelled before it has started is so at its first call", "[syscalls]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(cancel(2));
    machine.kernel().spawn(make_a_call(story));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"started"});
    CHECK(machine.record.has("2 cancelled by 1 (enough)"));
}

TEST_CASE("A task that is cancelled and makes no further call returns", "[syscalls]") {
    Machine machine;
    machine.kernel().spawn(cancel(2));
    machine.kernel().spawn(do_nothing());
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(machine.record.has("2 returned 0"));
}

Coroutine<> cancel_twice(Tid task) {
    co_yield CancelTask{task, "first"};
    co_yield CancelTask{task, "second"};
}

Coroutine<> sleep_stubbornly(Story& story) {
    co_await tell_failure(story, "sleeper", sleep_for_ever());
    co_await tell_failure(story, "sleeper", sleep_for_ever());
    co_yield Sleep{1ms};
    story.push_back("slept at last");
}

TEST_CASE("A task that is cancelled twice is interrupted twice", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid task = machine.kernel().spawn(sleep_stubbornly(story));
    CHECK(machine.run(cancel_twice(task)) == Ending::finished);
    CHECK(story == Story{"sleeper: cancelled by 2: first",
                         "sleeper: cancelled by 2: second",
                         "slept at last"});
}

Coroutine<> cancel_oneself(Story& story, Tid self) {
    co_await tell_failure(story, "oneself", cancel(self));
    co_yield Yield{};
    story.push_back("went on");
}

TEST_CASE("A task that cancels itself gets Cancelled from the call", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(cancel_oneself(story, 1)) == Ending::finished);
    CHECK(story == Story{"oneself: cancelled by 1: enough", "went on"});
}

Coroutine<> receive_and_sleep(Story& story, Channel<int>& channel) {
    const std::optional<int> value = co_yield Receive{channel};
    story.push_back("got " + std::to_string(*value));
    co_yield Sleep{1ms};
    story.push_back("slept");
}

TEST_CASE("A completed call keeps its item when its caller is cancelled before it goes on",
          "[syscalls]") {
    Kernel::Options options = Machine::options();
    options.quantum = 1;  // what a call has completed with, its caller sees at its next turn
    Machine machine(options);
    Story story;
    Channel<int> channel(1);
    channel.items.emplace_back(7);
    const Tid task = machine.kernel().spawn(receive_and_sleep(story, channel));
    CHECK(machine.run(cancel(task)) == Ending::finished);
    CHECK(story == Story{"got 7"});
    CHECK(channel.items.empty());
    CHECK(machine.record.has("1 cancelled by 2 (enough)"));
}

Coroutine<> receive_in_vain(Channel<int>& channel) {
    co_yield Receive{channel};
}

Coroutine<> receive_in_vain_and_sleep(Story& story, Channel<int>& channel) {
    const Mortal frame(story, "frame");
    co_await tell_failure(story, "first", receive_in_vain(channel));
    co_await tell_failure(story, "then", sleep_for_ever());
}

Coroutine<> destroy_and_cancel(std::unique_ptr<Channel<int>> channel, Tid task) {
    channel.reset();
    co_yield CancelTask{task, "enough"};
}

Coroutine<> destroy_and_kill(std::unique_ptr<Channel<int>> channel, Tid task) {
    channel.reset();
    co_yield KillTask{task};
}

TEST_CASE("A task whose call has failed hears of that before it hears of a cancellation",
          "[syscalls]") {
    Machine machine;
    Story story;
    auto channel = std::make_unique<Channel<int>>(0);
    const Tid task = machine.kernel().spawn(receive_in_vain_and_sleep(story, *channel));
    SECTION("cancelled") {
        CHECK(machine.run(destroy_and_cancel(std::move(channel), task)) == Ending::finished);
        CHECK(story ==
              Story{"first: Identifier removed", "then: cancelled by 2: enough", "frame gone"});
    }
    SECTION("killed, it hears of nothing") {
        CHECK(machine.run(destroy_and_kill(std::move(channel), task)) == Ending::finished);
        CHECK(story == Story{"frame gone"});
    }
}

}  // namespace
}  // namespace yos
