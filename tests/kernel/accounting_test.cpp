#include "kernel/accounting.h"

#include "syscalls/list_tasks.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/start_accounting.h"
#include "syscalls/task_info.h"
#include "syscalls/wait_task.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

#include <ctime>

namespace yos {
namespace {

using namespace std::chrono_literals;

Duration thread_time() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

/// Computes for `work` of processor time, in two turns.
Coroutine<> toil(Duration work) {
    for (int turn = 0; turn < 2; ++turn) {
        const Duration begin = thread_time();
        while (thread_time() - begin < work / 2) {
        }
        co_yield Yield{};
    }
    co_yield Sleep{1ms};
}

struct Seen {
    std::optional<Duration> before;
    std::optional<Duration> busy;
    std::optional<Duration> idle;
    std::optional<Duration> after;
};

Coroutine<std::optional<Duration>> time_of(Tid tid) {
    const std::optional<TaskSnapshot> task = co_yield TaskInfo{tid};
    co_return task->processor_time;
}

Coroutine<> observe(Seen& seen) {
    const Tid idle = co_yield NewTask{toil(0ms)};
    const Tid busy = co_yield NewTask{toil(20ms)};
    seen.before = co_await time_of(busy);
    {
        const AccountingUse use = co_yield StartAccounting{};
        for (int i = 0; i < 3; ++i) {
            co_yield Yield{};
        }
        seen.busy = co_await time_of(busy);
        seen.idle = co_await time_of(idle);
    }
    seen.after = co_await time_of(busy);
}

TEST_CASE("processor time is measured for each task while somebody wants it", "[kernel]") {
    Kernel::Options options = Machine::on_host();
    options.virtual_time = false;
    Machine machine(options);
    Seen seen;
    machine.run(observe(seen));
    CHECK(!seen.before);
    REQUIRE(seen.busy);
    CHECK(*seen.busy >= 20ms);
    REQUIRE(seen.idle);
    CHECK(*seen.idle < *seen.busy);
    CHECK(!seen.after);
}

TEST_CASE("on a virtual clock, to compute takes no time", "[kernel]") {
    Machine machine;
    Seen seen;
    machine.run(observe(seen));
    CHECK(!seen.before);
    CHECK(seen.busy == Duration::zero());
    CHECK(!seen.after);
}

Coroutine<> hold_for(Duration duration) {
    const AccountingUse use = co_yield StartAccounting{};
    co_yield Sleep{duration};
}

Coroutine<> watch_two(std::vector<bool>& measured) {
    const Tid first = co_yield NewTask{hold_for(2s)};
    co_yield NewTask{hold_for(4s)};
    for (int second = 0; second < 3; ++second) {
        co_yield Sleep{second == 0 ? 1s : 2s};
        const std::optional<TaskSnapshot> io = co_yield TaskInfo{kernel_tid};
        measured.push_back(io->processor_time.has_value());
    }
    co_yield WaitTask{first};
}

TEST_CASE("several may want processor time, and the last of them ends it", "[kernel]") {
    Machine machine;
    std::vector<bool> measured;
    machine.run(watch_two(measured));
    CHECK(measured == std::vector<bool>{true, true, false});
}

Coroutine<> measure_elapsed(std::vector<Duration>& elapsed) {
    co_yield Sleep{5s};
    const Tid child = co_yield NewTask{hold_for(10s)};
    co_yield Sleep{3s};
    for (const Tid tid : {Tid{1}, child}) {
        const std::optional<TaskSnapshot> task = co_yield TaskInfo{tid};
        elapsed.push_back(task->elapsed);
    }
}

TEST_CASE("a task's age is known without accounting", "[kernel]") {
    Machine machine;
    std::vector<Duration> elapsed;
    machine.run(measure_elapsed(elapsed));
    CHECK(elapsed == std::vector<Duration>{8s, 3s});
}

}  // namespace
}  // namespace yos
