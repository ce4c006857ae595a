// What a yield, a call and a sleep cost while a million other tasks are blocked, or asleep: as much
// as without them. And ten million tasks that come and go.

#include "kernel/kernel.h"
#include "syscalls/new_task.h"
#include "syscalls/set_event.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_event.h"
#include "syscalls/yield.h"
#include "tests/bench/measure.h"

namespace yos {
namespace {

using benchmark::State;

constexpr long crowd = 1'000'000;
constexpr long batch = 1'000;

/// Those beside whom the measured task runs.
enum class Company { none, blocked, asleep };

Coroutine<> block(Event& event) {
    co_yield WaitEvent{event};
}

Coroutine<> sleep(Duration duration) {
    co_yield Sleep{duration};
}

Main bystander(Company company, Event& never, long number) {
    if (company == Company::blocked) {
        return block(never);
    }
    return sleep(std::chrono::hours(1) + bench::spread(number, crowd));
}

/// Runs one task and its company: the task has the benchmark's loop, and all the others, if any,
/// have begun to wait when it starts.
template <class Measured>
void beside(State& state, Company company, Measured measured) {
    Kernel::Options options;
    options.standard_streams = false;
    options.virtual_time = true;
    Event never;
    Kernel kernel(options);
    for (long i = 0; company != Company::none && i < crowd; ++i) {
        kernel.spawn(bystander(company, never, i));
    }
    kernel.spawn(measured(kernel, state));
    kernel.run();
    bench::report(state, static_cast<double>(state.iterations()));
}

Coroutine<> yield(Kernel& kernel, State& state) {
    while (state.KeepRunningBatch(batch)) {
        for (long i = 0; i < batch; ++i) {
            co_yield Yield{};
        }
    }
    kernel.stop();
}

Coroutine<int> successor(int number) {
    co_return number + 1;
}

Coroutine<> call(Kernel& kernel, State& state) {
    int number = 0;
    while (state.KeepRunningBatch(batch)) {
        for (long i = 0; i < batch; ++i) {
            number = co_await successor(number);
        }
        co_yield Yield{};
    }
    benchmark::DoNotOptimize(number);
    kernel.stop();
}

Coroutine<> sleep_for_ever(Duration duration) {
    for (;;) {
        co_yield Sleep{duration};
    }
}

/// A thousand sleep at once, so that it is their sleeps that are measured, not the host's polls.
Coroutine<> sleep_together(Kernel& kernel, State& state) {
    constexpr Duration duration = std::chrono::milliseconds(1);
    for (long i = 1; i < batch; ++i) {
        co_yield NewTask{sleep_for_ever(duration)};
    }
    while (state.KeepRunningBatch(batch)) {
        co_yield Sleep{duration};
    }
    kernel.stop();
}

BENCHMARK_CAPTURE(beside, yield_none, Company::none, yield)->Name("yield-alone");
BENCHMARK_CAPTURE(beside, yield_blocked, Company::blocked, yield)->Name("yield-1m-blocked");
BENCHMARK_CAPTURE(beside, yield_asleep, Company::asleep, yield)->Name("yield-1m-timers");
BENCHMARK_CAPTURE(beside, call_none, Company::none, call)->Name("call-alone");
BENCHMARK_CAPTURE(beside, call_blocked, Company::blocked, call)->Name("call-1m-blocked");
BENCHMARK_CAPTURE(beside, call_asleep, Company::asleep, call)->Name("call-1m-timers");
BENCHMARK_CAPTURE(beside, sleep_none, Company::none, sleep_together)->Name("sleep-alone");
BENCHMARK_CAPTURE(beside, sleep_blocked, Company::blocked, sleep_together)
    ->Name("sleep-1m-blocked");
BENCHMARK_CAPTURE(beside, sleep_asleep, Company::asleep, sleep_together)->Name("sleep-1m-timers");

/// Starts a million tasks that block, and wakes them to their ends.
Coroutine<> come_and_go(Event& event) {
    for (long i = 0; i < crowd; ++i) {
        co_yield NewTask{block(event)};
    }
    co_yield Yield{};
    co_yield SetEvent{event};
    co_yield Yield{};
    event.happened = false;
}

Coroutine<> come_and_go_again(State& state, Event& event, long times) {
    co_await come_and_go(event);  // the first time touches fresh memory
    while (state.KeepRunning()) {
        for (long i = 0; i < times; ++i) {
            co_await come_and_go(event);
        }
    }
    bench::report(state, static_cast<double>(times * crowd));
}

void generations(State& state, long times) {
    Kernel::Options options;
    options.standard_streams = false;
    Kernel kernel(options);
    Event event;
    kernel.spawn(come_and_go_again(state, event, times));
    kernel.run();
}
BENCHMARK_CAPTURE(generations, 1, 1)->Name("tasks-1m")->Iterations(1);
BENCHMARK_CAPTURE(generations, 10, 10)->Name("tasks-10m")->Iterations(1);

}  // namespace
}  // namespace yos
