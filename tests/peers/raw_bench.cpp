// Tasks by bare coroutine handles: they yield, come and go.

#include "tests/peers/raw.h"

namespace raw {
namespace {

using benchmark::State;

Task yield(long times) {
    for (long i = 0; i < times; ++i) {
        co_await Yield{};
    }
}

void yields(State& state, int tasks) {
    constexpr long yields = 2'000'000;
    measure(state, yields, [&] {
        for (int i = 0; i < tasks; ++i) {
            loop.push(yield(yields / tasks).handle);
        }
    });
}
BENCHMARK_CAPTURE(yields, 2, 2)->Name("yield-2");
BENCHMARK_CAPTURE(yields, 10000, 10'000)->Name("yield-10000");

Task nothing() {
    co_return;
}

Task spawn_batches(int batch, long batches) {
    for (long i = 0; i < batches; ++i) {
        for (int j = 0; j < batch; ++j) {
            loop.push(nothing().handle);
        }
        co_await Yield{};
    }
}

void spawns(State& state) {
    constexpr int batch = 1'000;
    constexpr long batches = 500;
    measure(state, batch * batches, [] { loop.push(spawn_batches(batch, batches).handle); });
}
BENCHMARK(spawns)->Name("spawn");

/// A coroutine that one other waits for.
struct Child {
    struct promise_type : Recycled {
        Child get_return_object() {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept {
            loop.push(parent);
            return {};
        }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }

        Handle parent;
    };

    bool await_ready() { return false; }
    void await_suspend(Handle parent) {
        handle.promise().parent = parent;
        loop.push(handle);
    }
    void await_resume() {}

    std::coroutine_handle<promise_type> handle;
};

Child empty_child() {
    co_return;
}

Task spawn_and_wait(long times) {
    for (long i = 0; i < times; ++i) {
        co_await empty_child();
    }
}

void joins(State& state) {
    constexpr long joins = 500'000;
    measure(state, joins, [] { loop.push(spawn_and_wait(joins).handle); });
}
BENCHMARK(joins)->Name("join");

}  // namespace
}  // namespace raw

BENCHMARK_MAIN();
