// What becomes of functions in threads when nobody waits for them any more.

#include "syscalls/cancel_task.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/thread_work.h"

#include <chrono>
#include <vector>

namespace yos {
namespace {

using namespace std::chrono_literals;

enum class How { kill, cancel, time_out };

Coroutine<> interrupt(Tid tid, How how) {
    if (how == How::kill) {
        co_yield KillTask{tid};
    } else if (how == How::cancel) {
        co_yield CancelTask{tid};
    }
}

Coroutine<> work_for_no_time(Progress& progress, bool& done) {
    co_await error_of(with_timeout(0s, work_in_thread(progress, done)));
}

Coroutine<> interrupt_while_it_runs(How how, Progress& progress, bool& done) {
    Tid tid = 0;
    if (how == How::time_out) {
        tid = co_yield NewTask{work_for_no_time(progress, done)};
    } else {
        tid = co_yield NewTask{work_in_thread(progress, done)};
    }
    co_await yield_until([&] { return progress.begun.load(); });
    co_await interrupt(tid, how);
    co_yield WaitTask{tid};
    progress.may_end = true;
}

TEST_CASE("a function that has begun goes on when its caller is interrupted", "[threads]") {
    const How how = GENERATE(How::kill, How::cancel);
    Progress progress;
    bool done = false;
    {
        HostMachine machine;
        run_to_its_return(machine, interrupt_while_it_runs(how, progress, done));
    }
    CHECK(progress.ended);
    CHECK_FALSE(done);
}

Coroutine<> interrupt_before_it_begins(How how,
                                       std::vector<Progress>& busy,
                                       Progress& queued,
                                       bool& done) {
    for (Progress& progress : busy) {
        co_yield NewTask{work_in_thread(progress, done)};
        co_await yield_until([&] { return progress.begun.load(); });
    }
    Tid tid = 0;
    if (how == How::time_out) {
        tid = co_yield NewTask{work_for_no_time(queued, done)};
    } else {
        tid = co_yield NewTask{work_in_thread(queued, done)};
    }
    co_yield Yield{};
    co_await interrupt(tid, how);
    co_yield WaitTask{tid};
    for (Progress& progress : busy) {
        progress.may_end = true;
    }
    std::size_t after = 0;
    auto work = [&after] { ++after; };
    co_yield InThread{work};  // in line behind the one that was dropped
    CHECK(after == 1);
}

TEST_CASE("a function that has not begun is dropped with its caller", "[threads]") {
    const How how = GENERATE(How::kill, How::cancel, How::time_out);
    std::vector<Progress> busy(limits::pool_threads);
    Progress queued;
    bool done = false;
    {
        HostMachine machine;
        run_to_its_return(machine, interrupt_before_it_begins(how, busy, queued, done));
    }
    CHECK_FALSE(queued.begun);
}

Coroutine<> stop_while_it_runs(Kernel& kernel, Progress& progress, bool& done) {
    co_yield NewTask{work_in_thread(progress, done)};
    co_await yield_until([&] { return progress.begun.load(); });
    kernel.stop();
}

TEST_CASE("a kernel that goes waits for the functions that have begun", "[threads]") {
    Progress progress;
    bool done = false;
    {
        HostMachine machine;
        CHECK(machine.run(stop_while_it_runs(machine.kernel(), progress, done)) == Ending::stopped);
        CHECK_FALSE(progress.ended);
        progress.may_end = true;
    }
    CHECK(progress.ended);
    CHECK_FALSE(done);
}

}  // namespace
}  // namespace yos
