// yos's own rows of the bench. Each does the same work as the programs of the same row in
// tests/peers/: see there, and the table in rows.py.

#include "kernel/kernel.h"
#include "syscalls/get_tid.h"
#include "syscalls/new_task.h"
#include "syscalls/receive.h"
#include "syscalls/send.h"
#include "syscalls/set_event.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_event.h"
#include "syscalls/wait_task.h"
#include "syscalls/yield.h"
#include "tests/bench/measure.h"

namespace yos {
namespace {

using benchmark::State;

std::unique_ptr<Kernel> make_kernel() {
    Kernel::Options options;
    options.standard_streams = false;
    return std::make_unique<Kernel>(options);
}

/// Measures the run of what `spawn` starts in a kernel.
template <class Spawn>
void measure(State& state, long operations, Spawn spawn) {
    const auto make = [&] {
        auto kernel = make_kernel();
        spawn(*kernel);
        return kernel;
    };
    bench::measure(state, operations, make, [](Kernel& kernel) { kernel.run(); });
}

Coroutine<> yield(long times) {
    for (long i = 0; i < times; ++i) {
        co_yield Yield{};
    }
}

void yields(State& state, int tasks) {
    constexpr long yields = 2'000'000;
    measure(state, yields, [&](Kernel& kernel) {
        for (int i = 0; i < tasks; ++i) {
            kernel.spawn(yield(yields / tasks));
        }
    });
}
BENCHMARK_CAPTURE(yields, 2, 2)->Name("yield-2");
BENCHMARK_CAPTURE(yields, 10000, 10'000)->Name("yield-10000");

Coroutine<> get_tid(long times) {
    for (long i = 0; i < times; ++i) {
        benchmark::DoNotOptimize(co_yield GetTid{});
    }
}

void traps(State& state) {
    constexpr long traps = 2'000'000;
    measure(state, traps, [&](Kernel& kernel) { kernel.spawn(get_tid(traps)); });
}
BENCHMARK(traps)->Name("trap");

Coroutine<int> successor(int number) {
    co_return number + 1;
}

Coroutine<> call(long times) {
    int number = 0;
    for (long i = 0; i < times; ++i) {
        number = co_await successor(number);
    }
    benchmark::DoNotOptimize(number);
}

void calls(State& state) {
    constexpr long calls = 2'000'000;
    measure(state, calls, [&](Kernel& kernel) { kernel.spawn(call(calls)); });
}
BENCHMARK(calls)->Name("call");

Coroutine<int> depth(int levels) {
    if (levels == 0) {
        co_return 0;
    }
    co_return 1 + co_await depth(levels - 1);
}

Coroutine<> recurse(int levels, long times) {
    for (long i = 0; i < times; ++i) {
        benchmark::DoNotOptimize(co_await depth(levels));
    }
}

void recursion(State& state) {
    constexpr int levels = 1'000;
    constexpr long times = 2'000;
    measure(state, levels * times, [&](Kernel& kernel) { kernel.spawn(recurse(levels, times)); });
}
BENCHMARK(recursion)->Name("recursion");

Coroutine<> nothing() {
    co_return;
}

Coroutine<> spawn_batches(int batch, long batches) {
    for (long i = 0; i < batches; ++i) {
        for (int j = 0; j < batch; ++j) {
            co_yield NewTask{nothing()};
        }
        co_yield Yield{};
    }
}

void spawns(State& state) {
    constexpr int batch = 1'000;
    constexpr long batches = 500;
    measure(state, batch * batches, [&](Kernel& kernel) {
        kernel.spawn(spawn_batches(batch, batches));
    });
}
BENCHMARK(spawns)->Name("spawn");

Coroutine<> spawn_and_wait(long times) {
    for (long i = 0; i < times; ++i) {
        const Tid child = co_yield NewTask{nothing()}.joinable();
        co_yield WaitTask{child};
    }
}

void joins(State& state) {
    constexpr long joins = 500'000;
    measure(state, joins, [&](Kernel& kernel) { kernel.spawn(spawn_and_wait(joins)); });
}
BENCHMARK(joins)->Name("join");

Coroutine<> send(Channel<long>& channel, long messages) {
    for (long i = 0; i < messages; ++i) {
        co_yield Send{channel, i};
    }
}

Coroutine<> receive(Channel<long>& channel, long messages) {
    for (long i = 0; i < messages; ++i) {
        benchmark::DoNotOptimize(co_yield Receive{channel});
    }
}

Coroutine<> ping(Channel<long>& there, Channel<long>& back, long times) {
    for (long i = 0; i < times; ++i) {
        co_yield Send{there, i};
        co_yield Receive{back};
    }
}

Coroutine<> pong(Channel<long>& there, Channel<long>& back, long times) {
    for (long i = 0; i < times; ++i) {
        const std::optional<long> message = co_yield Receive{there};
        co_yield Send{back, *message};
    }
}

void ping_pong(State& state) {
    constexpr long times = 500'000;
    Channel<long> there(1);
    Channel<long> back(1);
    measure(state, 2 * times, [&](Kernel& kernel) {
        kernel.spawn(ping(there, back, times));
        kernel.spawn(pong(there, back, times));
    });
}
BENCHMARK(ping_pong)->Name("channel-ping-pong");

void buffered_channel(State& state) {
    constexpr long messages = 1'000'000;
    Channel<long> channel(1'024);
    measure(state, messages, [&](Kernel& kernel) {
        kernel.spawn(send(channel, messages));
        kernel.spawn(receive(channel, messages));
    });
}
BENCHMARK(buffered_channel)->Name("channel-1024");

Coroutine<> park(Event& event) {
    co_yield WaitEvent{event};
}

Coroutine<> sleep(Duration duration) {
    co_yield Sleep{duration};
}

/// Starts many tasks that block at once, tells what memory each takes, and stops the kernel.
template <class Make>
Coroutine<> weigh(Kernel& kernel, State& state, long tasks, Make make) {
    const double before = bench::resident_bytes();
    for (long i = 0; i < tasks; ++i) {
        co_yield NewTask{make()};
        if (i % 1'000 == 0) {
            co_yield Yield{};
        }
    }
    co_yield Yield{};
    state.counters["bytes"] = (bench::resident_bytes() - before) / static_cast<double>(tasks);
    kernel.stop();
}

template <class Make>
void memory(State& state, Make make) {
    constexpr long tasks = 1'000'000;
    while (state.KeepRunning()) {
        const auto kernel = make_kernel();
        kernel->spawn(weigh(*kernel, state, tasks, make));
        kernel->run();
    }
}

void parked_memory(State& state) {
    Event event;
    memory(state, [&event] { return park(event); });
}
BENCHMARK(parked_memory)->Name("parked-memory")->Iterations(1);

void sleep_memory(State& state) {
    memory(state, [] { return sleep(std::chrono::hours(1)); });
}
BENCHMARK(sleep_memory)->Name("sleep-memory")->Iterations(1);

void sleeps(State& state) {
    constexpr long sleeps = 1'000'000;
    while (state.KeepRunning()) {
        const double before = bench::cpu_seconds();
        const auto kernel = make_kernel();
        for (long i = 0; i < sleeps; ++i) {
            kernel->spawn(sleep(bench::spread(i, sleeps)));
        }
        kernel->run();
        state.counters["s"] = bench::cpu_seconds() - before;
    }
}
BENCHMARK(sleeps)->Name("sleeps-1m")->Iterations(1);

}  // namespace
}  // namespace yos

