// Subroutines by bare coroutine handles and a trampoline.

#include "tests/peers/raw.h"

namespace raw {
namespace {

using benchmark::State;

/// Frames that call each other, linked from callee to caller.
struct Stack {
    Handle top;

    void run() {
        while (top) {
            top.resume();
        }
    }
};

/// A subroutine. Its caller suspends into the trampoline, which resumes the callee, and the other
/// way round when that returns.
struct Subroutine {
    struct promise_type : Recycled {
        Subroutine get_return_object() {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept {
            stack->top = caller;
            return {};
        }
        void return_value(int value) { *result = value; }
        void unhandled_exception() { std::terminate(); }

        Stack* stack = nullptr;
        Handle caller;
        int* result = nullptr;
    };

    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<promise_type> caller) {
        start(*caller.promise().stack, result);
        handle.promise().caller = caller;
    }
    int await_resume() { return result; }

    void start(Stack& stack, int& into) {
        handle.promise().stack = &stack;
        handle.promise().result = &into;
        stack.top = handle;
    }

    std::coroutine_handle<promise_type> handle;
    int result = 0;
};

template <class Main>
void measure_calls(State& state, long calls, Main main) {
    Stack stack;
    int result = 0;
    const auto make = [&] {
        main().start(stack, result);
        return &stack;
    };
    bench::measure(state, calls, make, [](Stack& stack) { stack.run(); });
    benchmark::DoNotOptimize(result);
}

Subroutine successor(int number) {
    co_return number + 1;
}

Subroutine call(long times) {
    int number = 0;
    for (long i = 0; i < times; ++i) {
        number = co_await successor(number);
    }
    co_return number;
}

void calls(State& state) {
    constexpr long calls = 2'000'000;
    measure_calls(state, calls, [] { return call(calls); });
}
BENCHMARK(calls)->Name("call");

Subroutine depth(int levels) {
    if (levels == 0) {
        co_return 0;
    }
    co_return 1 + co_await depth(levels - 1);
}

Subroutine recurse(int levels, long times) {
    for (long i = 0; i < times; ++i) {
        benchmark::DoNotOptimize(co_await depth(levels));
    }
    co_return 0;
}

void recursion(State& state) {
    constexpr int levels = 1'000;
    constexpr long times = 2'000;
    measure_calls(state, levels * times, [] { return recurse(levels, times); });
}
BENCHMARK(recursion)->Name("recursion");

}  // namespace
}  // namespace raw
