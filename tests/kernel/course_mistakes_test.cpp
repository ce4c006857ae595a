// What the course gets wrong, one test for each. They stand here together as a list; what is
// promised in each matter is tested at length where it belongs.

#include "syscalls/accept.h"
#include "syscalls/close.h"
#include "syscalls/connect.h"
#include "syscalls/get_tid.h"
#include "syscalls/kill_task.h"
#include "syscalls/listen.h"
#include "syscalls/local_address.h"
#include "syscalls/new_task.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/read_wait.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

#include <array>
#include <stdexcept>

namespace yos {
namespace {

using namespace std::chrono_literals;
using Story = std::vector<std::string>;

// pyos8's KillTask closes the generator on top of the victim's stack: its caller goes on.

Coroutine<> sleep_in_subroutine() {
    co_yield Sleep{1h};
}

Coroutine<> call_and_go_on(Story& story) {
    co_await sleep_in_subroutine();
    story.emplace_back("the victim goes on");
}

Coroutine<> kill_and_wait(Story& story) {
    const Tid victim = co_yield NewTask{call_and_go_on(story)};
    co_yield Sleep{1s};
    const bool killed = co_yield KillTask{victim};
    const std::optional<ExitStatus> status = co_yield WaitTask{victim};
    story.push_back(killed ? "killed" : "not found");
    story.push_back(status ? "still there" : "gone");
}

TEST_CASE("course mistake: a kill inside a subroutine leaves the victim alive", "[course]") {
    HostMachine machine;
    Story story;
    CHECK(machine.run(kill_and_wait(story)) == Ending::finished);
    CHECK(story == Story{"killed", "gone"});
    CHECK(machine.record.has("2 killed by 1"));
    CHECK(machine.kernel().now() == Time{1s});
}

// pyos8's trampoline sends results to the caller, but throws nothing into it.

Coroutine<int> fail_after_a_call() {
    co_yield Yield{};
    throw std::runtime_error("failed below");
    co_return 1;
}

Coroutine<> catch_from_subroutine(Story& story) {
    try {
        co_await fail_after_a_call();
    } catch (const std::runtime_error& error) {
        story.emplace_back(error.what());
    }
    co_yield Yield{};
    story.emplace_back("went on");
}

TEST_CASE("course mistake: a sub-coroutine's exception never reaches its caller", "[course]") {
    HostMachine machine;
    Story story;
    CHECK(machine.run(catch_from_subroutine(story)) == Ending::finished);
    CHECK(story == Story{"failed below", "went on"});
}

// Task.run catches StopIteration only: whatever else a task throws comes out of mainloop.

Coroutine<> throw_something() {
    co_yield Yield{};
    throw std::runtime_error("a task's own affair");
}

Coroutine<> survive(Story& story) {
    for (int i = 0; i < 5; ++i) {
        co_yield Yield{};
    }
    story.emplace_back("survived");
}

TEST_CASE("course mistake: any exception kills the kernel", "[course]") {
    HostMachine machine;
    Story story;
    machine.kernel().spawn(throw_something());
    machine.kernel().spawn(survive(story));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"survived"});
    CHECK(machine.record.has("1 threw \"a task's own affair\""));
}

// Task.sendval is never cleared: a yield that has no result gets that of the call before.

class Nothing : public SystemCall<std::optional<Tid>> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return complete(std::nullopt); }
};

Coroutine<std::optional<Tid>> ask_and_forget() {
    co_yield GetTid{};
    co_yield Yield{};
    const std::optional<Tid> result = co_yield Nothing{};
    co_return result;
}

Coroutine<> call_for_the_stale(std::optional<Tid>& result) {
    co_yield GetTid{};
    result = co_await ask_and_forget();
}

TEST_CASE("course mistake: a stale sent value comes back from a later yield", "[course]") {
    STATIC_REQUIRE(std::is_void_v<Yield::Result>);  // a result it has not cannot be had
    HostMachine machine;
    std::optional<Tid> result = 99;
    machine.run(call_for_the_stale(result));
    CHECK(!result);
}

// waitforread keeps one task per descriptor: the second overwrites the first, which waits for ever.

Coroutine<> accept_when_ready(Story& story, Fd listener, std::string name) {
    co_yield ReadWait{listener};
    const Descriptor connection = co_yield Accept{listener};
    story.push_back(name + " accepted");
}

Coroutine<> two_wait_for_one_listener(Story& story) {
    const Descriptor listener = co_yield Listen{Address::parse("127.0.0.1:0")};
    const Address address = co_yield LocalAddress{listener};
    const Tid first = co_yield NewTask{accept_when_ready(story, listener, "the first")};
    const Tid second = co_yield NewTask{accept_when_ready(story, listener, "the second")};
    co_yield Sleep{1s};
    const Descriptor one = co_yield Connect{address};
    co_yield WaitTask{first};
    const Descriptor other = co_yield Connect{address};
    co_yield WaitTask{second};
}

TEST_CASE("course mistake: the second waiter on a descriptor is lost", "[course][host]") {
    HostMachine machine;
    Story story;
    CHECK(machine.run(two_wait_for_one_listener(story)) == Ending::finished);
    CHECK(story == Story{"the first accepted", "the second accepted"});
}

// select fails on a closed descriptor, in iopoll, and takes the scheduler with it.

Coroutine<> wait_until_closed(Story& story, Fd fd) {
    try {
        co_yield ReadWait{fd};
    } catch (const std::system_error& error) {
        story.push_back(error.code() == std::errc::bad_file_descriptor ? "EBADF" : error.what());
    }
}

Coroutine<> close_under_a_waiter(Story& story) {
    const Descriptor listener = co_yield Listen{Address::parse("127.0.0.1:0")};
    const Tid waiter = co_yield NewTask{wait_until_closed(story, listener)};
    co_yield Sleep{1s};
    co_yield Close{listener};
    co_yield WaitTask{waiter};
    co_await wait_until_closed(story, listener);  // closed before
    co_yield Sleep{1s};
    story.emplace_back("the kernel lives");
}

TEST_CASE("course mistake: a closed descriptor kills the kernel", "[course][host]") {
    HostMachine machine;
    Story story;
    CHECK(machine.run(close_under_a_waiter(story)) == Ending::finished);
    CHECK(story == Story{"EBADF", "EBADF", "the kernel lives"});
}

// A task that waits for itself waits in its own list, for ever.

Coroutine<> wait_for_oneself(Story& story) {
    const Tid me = co_yield GetTid{};
    try {
        co_yield WaitTask{me};
    } catch (const std::system_error& error) {
        story.push_back(error.code() == std::errc::resource_deadlock_would_occur ? "EDEADLK"
                                                                                 : error.what());
    }
}

TEST_CASE("course mistake: WaitTask(self) hangs", "[course]") {
    HostMachine machine;
    Story story;
    CHECK(machine.run(wait_for_oneself(story)) == Ending::finished);
    CHECK(story == Story{"EDEADLK"});
}

// The I/O task is a task in taskmap like any other, so mainloop never finds that empty; and with
// nobody waiting, select returns at once.

Coroutine<> rest(int times) {
    for (int i = 0; i < times; ++i) {
        co_yield Sleep{1h};
    }
}

Coroutine<> read_for_ever() {
    const PipeEnds ends = co_yield Pipe{};
    std::array<char, 1> buffer{};
    const std::span<char> bytes(buffer);
    co_yield Read{ends.reader, bytes};
}

TEST_CASE("course mistake: the main loop never ends while the I/O task lives", "[course]") {
    HostMachine machine;
    CHECK(machine.run(rest(1)) == Ending::finished);
    REQUIRE(machine.kernel().find_alive(kernel_tid) != nullptr);
    CHECK(machine.kernel().find_alive(kernel_tid)->is_kernel());
}

TEST_CASE("course mistake: the main loop spins when nobody waits", "[course]") {
    HostMachine machine;
    CHECK(machine.run(rest(100)) == Ending::finished);
    const Task& io = *machine.kernel().find_alive(kernel_tid);
    CHECK(io.switches() <= 101);  // a look for each sleep, and not one more while they last

    CHECK(machine.run(read_for_ever()) == Ending::deadlocked);  // rather than to wait for nobody
    CHECK(io.switches() <= 102);
}

}  // namespace
}  // namespace yos
