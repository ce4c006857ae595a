// The rows by Boost.Fiber. A fiber has a native stack, so a subroutine is a plain function there,
// and calls and recursion are no rows of its; neither is a million of anything.

#include "tests/bench/measure.h"

#include <boost/fiber/all.hpp>

#include <mutex>
#include <vector>

namespace {

namespace fibers = boost::fibers;
using benchmark::State;
using fibers::fiber;
using Fibers = std::vector<fiber>;

/// Stacks are kept for the next fiber, as Boost.Fiber's manual advises for fibers that come and go.
fibers::pooled_fixedsize_stack stacks;

template <class Function>
fiber start(Function function) {
    return fiber(fibers::launch::post, std::allocator_arg, stacks, function);
}

void join_all(Fibers& all) {
    for (fiber& one : all) {
        one.join();
    }
}

/// Measures the run of the fibers that `spawn` makes.
template <class Spawn>
void measure(State& state, long operations, Spawn spawn) {
    const auto make = [&] { return std::make_unique<Fibers>(spawn()); };
    bench::measure(state, operations, make, join_all);
}

void yields(State& state, int tasks) {
    constexpr long yields = 1'000'000;
    measure(state, yields, [&] {
        Fibers all;
        for (int i = 0; i < tasks; ++i) {
            all.push_back(start([times = yields / tasks] {
                for (long i = 0; i < times; ++i) {
                    boost::this_fiber::yield();
                }
            }));
        }
        return all;
    });
}
BENCHMARK_CAPTURE(yields, 2, 2)->Name("yield-2");
BENCHMARK_CAPTURE(yields, 10000, 10'000)->Name("yield-10000");

void spawns(State& state) {
    constexpr long batch = 1'000;
    const auto spawn = [] {
        for (long i = 0; i < batch; ++i) {
            start([] {}).detach();
        }
        boost::this_fiber::yield();
    };
    spawn();  // makes the stacks, which are kept
    while (state.KeepRunning()) {
        spawn();
    }
    bench::report(state, static_cast<double>(state.iterations() * batch));
}
BENCHMARK(spawns)->Name("spawn");

void joins(State& state) {
    while (state.KeepRunning()) {
        start([] {}).join();
    }
    bench::report(state, static_cast<double>(state.iterations()));
}
BENCHMARK(joins)->Name("join");

void ping_pong(State& state) {
    constexpr long times = 200'000;
    using Channel = fibers::unbuffered_channel<long>;
    Channel there;
    Channel back;
    measure(state, 2 * times, [&] {
        Fibers both;
        both.push_back(start([&] {
            for (long i = 0; i < times; ++i) {
                there.push(i);
                back.value_pop();
            }
        }));
        both.push_back(start([&] {
            for (long i = 0; i < times; ++i) {
                back.push(there.value_pop());
            }
        }));
        return both;
    });
}
BENCHMARK(ping_pong)->Name("channel-ping-pong");

void buffered_channel(State& state) {
    constexpr long messages = 1'000'000;
    fibers::buffered_channel<long> channel(1'024);
    measure(state, messages, [&] {
        Fibers both;
        both.push_back(start([&] {
            for (long i = 0; i < messages; ++i) {
                channel.push(i);
            }
        }));
        both.push_back(start([&] {
            for (long i = 0; i < messages; ++i) {
                benchmark::DoNotOptimize(channel.value_pop());
            }
        }));
        return both;
    });
}
BENCHMARK(buffered_channel)->Name("channel-1024");

// With the default stacks: those that are kept take a page more.
void parked_memory(State& state) {
    constexpr long tasks = 20'000;
    fibers::mutex mutex;
    fibers::condition_variable woken;
    bool wake_up = false;
    Fibers all;
    while (state.KeepRunning()) {
        const double before = bench::resident_bytes();
        for (long i = 0; i < tasks; ++i) {
            all.emplace_back(fibers::launch::post, [&] {
                std::unique_lock<fibers::mutex> lock(mutex);
                woken.wait(lock, [&] { return wake_up; });
            });
        }
        boost::this_fiber::yield();
        state.counters["bytes"] = (bench::resident_bytes() - before) / double{tasks};
    }
    wake_up = true;
    woken.notify_all();
    join_all(all);
}
BENCHMARK(parked_memory)->Name("parked-memory")->Iterations(1);

void sleep_memory(State& state) {
    constexpr long tasks = 20'000;
    Fibers all;
    while (state.KeepRunning()) {
        const double before = bench::resident_bytes();
        for (long i = 0; i < tasks; ++i) {
            all.emplace_back(fibers::launch::post,
                             [] { boost::this_fiber::sleep_for(std::chrono::seconds(1)); });
        }
        boost::this_fiber::yield();
        state.counters["bytes"] = (bench::resident_bytes() - before) / double{tasks};
    }
    join_all(all);
}
BENCHMARK(sleep_memory)->Name("sleep-memory")->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
