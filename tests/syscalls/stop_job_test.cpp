// StopJob, ContinueJob and WaitStopped: Ctrl-Z, fg and bg.

#include "syscalls/stop_job.h"

#include "syscalls/cancel_task.h"
#include "syscalls/continue_job.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/now.h"
#include "syscalls/select.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_stopped.h"
#include "syscalls/wait_task.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

namespace yos {
namespace {

using namespace std::chrono_literals;

Coroutine<> count(int& turns) {
    for (;;) {
        ++turns;
        co_yield Yield{};
    }
}

Coroutine<> sleep_and_tell(Time& woke) {
    co_yield Sleep{1s};
    woke = co_yield Now{};
}

Coroutine<> tick_in_children(int& turns) {
    co_yield NewTask{count(turns)};
    co_await count(turns);
}

TEST_CASE("a stopped job is not run until it is continued", "[syscalls]") {
    Machine machine;
    const auto main = [](int& turns) -> Coroutine<> {
        const Tid job = co_yield NewTask{tick_in_children(turns)}.leads_job();
        co_yield Yield{};
        co_yield Yield{};
        const std::size_t stopped = co_yield StopJob{job};
        CHECK(stopped == 2);
        const int before = turns;
        for (int i = 0; i < 10; ++i) {
            co_yield Yield{};
        }
        CHECK(turns == before);
        const std::size_t continued = co_yield ContinueJob{job};
        CHECK(continued == 2);
        co_yield Yield{};
        co_yield Yield{};
        CHECK(turns > before);
        const std::size_t again = co_yield ContinueJob{job};
        CHECK(again == 0);
        co_yield KillTask{job};
        co_yield KillTask{job + 1};
    };
    int turns = 0;
    machine.run(main(turns));
}

TEST_CASE("what wakes a stopped task is not lost", "[syscalls]") {
    Machine machine;
    const auto main = [](Time& woke) -> Coroutine<> {
        const Tid job = co_yield NewTask{sleep_and_tell(woke)}.leads_job();
        co_yield Yield{};
        co_yield StopJob{job};
        co_yield Sleep{5s};
        CHECK(woke == Time{});
        const Time now = co_yield Now{};
        co_yield ContinueJob{job};
        co_yield WaitTask{job};
        CHECK(woke == now);
    };
    Time woke{};
    machine.run(main(woke));
}

TEST_CASE("a stopped task can be killed, ready or not, and cancelled when it goes on",
          "[syscalls]") {
    Machine machine;
    const auto main = [](int& turns, Time& woke) -> Coroutine<> {
        const Tid ready = co_yield NewTask{count(turns)}.leads_job();
        const Tid held_back = co_yield NewTask{count(turns)}.leads_job();
        const Tid blocked = co_yield NewTask{sleep_and_tell(woke)}.leads_job();
        const Tid cancelled = co_yield NewTask{sleep_and_tell(woke)}.leads_job();
        co_yield StopJob{held_back};
        co_yield Yield{};
        for (const Tid each : {ready, blocked, cancelled}) {
            co_yield StopJob{each};
        }
        co_yield KillTask{ready};
        co_yield KillTask{held_back};
        co_yield KillTask{blocked};
        co_yield CancelTask{cancelled};
        co_yield Yield{};
        co_yield ContinueJob{cancelled};
        const std::optional<ExitStatus> exit = co_yield WaitTask{cancelled};
        CHECK(exit->how == ExitStatus::How::cancelled);
        CHECK(woke == Time{});
    };
    int turns = 0;
    Time woke{};
    machine.run(main(turns, woke));
}

TEST_CASE("WaitStopped tells when a job is stopped, at once when it is", "[syscalls]") {
    Machine machine;
    const auto stop_later = [](Tid job) -> Coroutine<> {
        co_yield Sleep{3s};
        co_yield StopJob{job};
    };
    const auto main = [](int& turns, Coroutine<> (*stop)(Tid)) -> Coroutine<> {
        Time woke{};
        const Tid job = co_yield NewTask{sleep_and_tell(woke)}.leads_job();
        const Tid other = co_yield NewTask{count(turns)}.leads_job();
        co_yield StopJob{other};
        co_yield KillTask{other};
        co_yield StopJob{job};
        const auto done = co_yield Select{WaitTask{job}, WaitStopped{job}};
        CHECK(done.index() == 1);
        co_yield ContinueJob{job};
        co_yield WaitTask{job};

        const Tid late = co_yield NewTask{sleep_and_tell(woke)}.leads_job();
        const Time start = co_yield Now{};
        co_yield NewTask{stop(late)};
        const auto ended = co_yield Select{WaitTask{late}, WaitStopped{late}};
        CHECK(ended.index() == 0);
        const Time now = co_yield Now{};
        CHECK(now == start + 1s);
    };
    int turns = 0;
    machine.run(main(turns, stop_later));
}

}  // namespace
}  // namespace yos
