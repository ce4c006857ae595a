// How a run ends, what can be done after it, and what becomes of the tasks that are left.

#include "syscalls/get_tid.h"
#include "syscalls/lock.h"
#include "syscalls/new_task.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"
#include "tests/lib/machine.h"

#include <array>

namespace yos {
namespace {

using Story = std::vector<std::string>;
using namespace std::chrono_literals;

struct Leaves {
    Story& story;
    std::string name;
    ~Leaves() { story.push_back(name + " left"); }
};

Coroutine<> do_nothing() {
    co_return;
}

Coroutine<> sleep_inside(Story& story) {
    const Leaves leaves{story, "inner"};
    co_yield Sleep{1h};
    story.emplace_back("woke");
}

Coroutine<> sleep_long(Story& story) {
    const Leaves leaves{story, "outer"};
    co_await sleep_inside(story);
}

Coroutine<> stop_after(Kernel& kernel, Duration duration, int signal) {
    co_yield Sleep{duration};
    kernel.stop(signal);
}

TEST_CASE("a kernel without user tasks has nothing to run", "[kernel]") {
    Machine machine;
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(machine.kernel().find_alive(kernel_tid)->switches() == 0);
}

TEST_CASE("a kernel runs again and again", "[kernel]") {
    Machine machine;
    for (Tid tid = 1; tid <= 3; ++tid) {
        const Tid spawned = machine.kernel().spawn(do_nothing());
        CHECK(spawned == tid);
        CHECK(machine.kernel().run() == Ending::finished);
        CHECK(machine.kernel().run() == Ending::finished);
    }
}

TEST_CASE("a run that is stopped unwinds the tasks that are left, innermost first", "[kernel]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(sleep_long(story));
    machine.kernel().spawn(stop_after(machine.kernel(), 1s, 0));
    CHECK(machine.kernel().run() == Ending::stopped);
    CHECK(story == Story{"inner left", "outer left"});
    CHECK(machine.record.has("1 killed by 0"));
    CHECK(machine.kernel().now() == Time{1s});
}

TEST_CASE("a kernel that was stopped runs again", "[kernel]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(stop_after(machine.kernel(), 1s, 15));
    CHECK(machine.kernel().run() == Ending::stopped);
    CHECK(machine.kernel().stopped_by() == 15);
    CHECK(machine.run(sleep_inside(story)) == Ending::finished);
    CHECK(machine.kernel().stopped_by() == 0);
    CHECK(story == Story{"woke", "inner left"});
}

Coroutine<> read_from_nobody() {
    const PipeEnds ends = co_yield Pipe{};
    std::array<char, 1> buffer{};
    const std::span<char> bytes(buffer);
    co_yield Read{ends.reader, bytes};
}

TEST_CASE("a kernel that was deadlocked runs again", "[kernel]") {
    Machine machine;
    Story story;
    CHECK(machine.run(read_from_nobody()) == Ending::deadlocked);
    CHECK(machine.run(read_from_nobody()) == Ending::deadlocked);
    CHECK(machine.run(sleep_inside(story)) == Ending::finished);
}

Coroutine<> wait_for(Tid tid) {
    co_yield WaitTask{tid};
}

TEST_CASE("those who are unwound in a deadlock may wait for each other", "[kernel]") {
    Machine machine;
    machine.kernel().spawn(wait_for(2));
    machine.kernel().spawn(wait_for(1));
    machine.kernel().spawn(wait_for(2));
    machine.kernel().spawn(wait_for(3));
    machine.kernel().spawn(do_nothing());  // the last to run: it is gone when they are unwound
    CHECK(machine.kernel().run() == Ending::deadlocked);
    for (const char* killed : {"1", "2", "3", "4"}) {
        CHECK(machine.record.has(std::string(killed) + " killed by 0"));
    }
    CHECK(machine.record.has("2 woken by 0"));
}

Coroutine<> own_and_sleep(Mutex& mutex, Story& story) {
    const Leaves leaves{story, "owner"};
    co_yield Lock{mutex};
    co_yield Sleep{1h};
}

Coroutine<> want(Mutex& mutex, Story& story) {
    const Leaves leaves{story, "waiter"};
    co_yield Lock{mutex};
    story.emplace_back("never got it");
}

TEST_CASE("a run that is stopped lets nobody go on who is woken by another's end", "[kernel]") {
    Machine machine;
    Mutex mutex;
    Story story;
    machine.kernel().spawn(own_and_sleep(mutex, story));
    machine.kernel().spawn(want(mutex, story));
    machine.kernel().spawn(wait_for(1));
    machine.kernel().spawn(stop_after(machine.kernel(), 1s, 0));
    CHECK(machine.kernel().run() == Ending::stopped);
    CHECK(story == Story{"owner left", "waiter left"});
}

TEST_CASE("a kernel that is destroyed with zombies and tasks that never ran frees both",
          "[kernel]") {
    const long before = Recycler::live();
    Story story;
    {
        Kernel kernel(Machine::options());
        kernel.spawn(sleep_long(story), {.joinable = true});
        kernel.spawn(do_nothing(), {.joinable = true});
        kernel.spawn(stop_after(kernel, 1s, 0));
        CHECK(kernel.run() == Ending::stopped);
        CHECK(story == Story{"inner left", "outer left"});
        CHECK(kernel.tasks().size() == 3);  // the I/O task and two zombies
        kernel.spawn(sleep_long(story));
        kernel.spawn(do_nothing(), {.joinable = true});
    }
    CHECK(story == Story{"inner left", "outer left"});
    CHECK(Recycler::live() == before);
}

TEST_CASE("the exit status of a joinable task can be collected once", "[kernel]") {
    Machine machine;
    const Tid tid =
        machine.kernel().spawn([]() -> Coroutine<int> { co_return 5; }(), {.joinable = true});
    CHECK(!machine.kernel().collect(tid));
    machine.kernel().run();
    const std::optional<ExitStatus> status = machine.kernel().collect(tid);
    REQUIRE(status);
    CHECK(status->code == 5);
    CHECK(!machine.kernel().collect(tid));
    CHECK(!machine.kernel().collect(99));
    CHECK(!machine.kernel().collect(kernel_tid));
}

TEST_CASE("a task needs a coroutine", "[kernel]") {
    Machine machine;
    Coroutine<> moved = do_nothing();
    machine.kernel().spawn(std::move(moved));
    CHECK_THROWS_AS(machine.kernel().spawn(std::move(moved)),  // NOLINT(bugprone-use-after-move)
                    std::system_error);
    CHECK(machine.kernel().run() == Ending::finished);
}

}  // namespace
}  // namespace yos
