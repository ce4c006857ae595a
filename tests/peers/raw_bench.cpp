// The limit: the work of each row by bare coroutine handles, with as little around them as it can
// do with. Nobody would want to write programs like this, and nothing that runs coroutines one
// after the other can be faster by much.

#include "tests/bench/measure.h"

#include <algorithm>
#include <array>
#include <coroutine>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace {

using benchmark::State;

/// Frames are kept for the next coroutine of that size.
class Recycled {
public:
    static void* operator new(std::size_t size) {
        Block*& list = free_list(size);
        return list != nullptr ? std::exchange(list, list->next) : ::operator new(rounded(size));
    }
    static void operator delete(void* memory, std::size_t size) noexcept {
        Block*& list = free_list(size);
        list = new (memory) Block{list};
    }

private:
    struct Block {
        Block* next;
    };
    static constexpr std::size_t grain = 16;
    static std::size_t rounded(std::size_t size) { return (size + grain - 1) / grain * grain; }
    static Block*& free_list(std::size_t size) { return free_lists_[(size + grain - 1) / grain]; }

    static inline std::array<Block*, 64> free_lists_{};
};

using Handle = std::coroutine_handle<>;

/// What is ready to run, in order.
class Loop {
public:
    void push(Handle handle) { ring_[tail_++ % ring_.size()] = handle; }

    void run() {
        while (head_ != tail_) {
            ring_[head_++ % ring_.size()].resume();
        }
    }

private:
    std::size_t head_ = 0;
    std::size_t tail_ = 0;
    std::array<Handle, 16'384> ring_{};
};

Loop loop;

/// Runs what `spawn` puts into the loop.
template <class Spawn>
void measure(State& state, long operations, Spawn spawn) {
    const auto make = [&] {
        spawn();
        return &loop;
    };
    bench::measure(state, operations, make, [](Loop& loop) { loop.run(); });
}

/// A coroutine that nobody waits for. Its frame goes when it ends.
struct Task {
    struct promise_type : Recycled {
        Task get_return_object() {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    Handle handle;
};

// ---- Yield ----

struct Yield {
    bool await_ready() { return false; }
    void await_suspend(Handle self) { loop.push(self); }
    void await_resume() {}
};

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

// ---- Calls, by a trampoline ----

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

// ---- Tasks that come and go ----

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

// ---- Channels ----

/// A ring of values between one sender and one receiver.
template <std::size_t capacity>
class Channel {
public:
    bool full() const { return tail_ - head_ == capacity; }
    bool empty() const { return tail_ == head_; }

    struct Send {
        bool await_ready() { return !channel.full(); }
        void await_suspend(Handle self) { channel.sender_ = self; }
        void await_resume() {
            channel.values_[channel.tail_++ % capacity] = value;
            wake(channel.receiver_);
        }
        Channel& channel;
        long value;
    };

    struct Receive {
        bool await_ready() { return !channel.empty(); }
        void await_suspend(Handle self) { channel.receiver_ = self; }
        long await_resume() {
            wake(channel.sender_);
            return channel.values_[channel.head_++ % capacity];
        }
        Channel& channel;
    };

    Send send(long value) { return {*this, value}; }
    Receive receive() { return {*this}; }

private:
    static void wake(Handle& waiter) {
        if (waiter) {
            loop.push(std::exchange(waiter, nullptr));
        }
    }

    std::size_t head_ = 0;
    std::size_t tail_ = 0;
    Handle sender_;
    Handle receiver_;
    std::array<long, capacity> values_{};
};

Task ping(Channel<1>& there, Channel<1>& back, long times) {
    for (long i = 0; i < times; ++i) {
        co_await there.send(i);
        co_await back.receive();
    }
}

Task pong(Channel<1>& there, Channel<1>& back, long times) {
    for (long i = 0; i < times; ++i) {
        co_await back.send(co_await there.receive());
    }
}

void ping_pong(State& state) {
    constexpr long times = 500'000;
    Channel<1> there;
    Channel<1> back;
    measure(state, 2 * times, [&] {
        loop.push(ping(there, back, times).handle);
        loop.push(pong(there, back, times).handle);
    });
}
BENCHMARK(ping_pong)->Name("channel-ping-pong");

Task send(Channel<1'024>& channel, long messages) {
    for (long i = 0; i < messages; ++i) {
        co_await channel.send(i);
    }
}

Task receive(Channel<1'024>& channel, long messages) {
    for (long i = 0; i < messages; ++i) {
        benchmark::DoNotOptimize(co_await channel.receive());
    }
}

void buffered_channel(State& state) {
    constexpr long messages = 1'000'000;
    Channel<1'024> channel;
    measure(state, messages, [&] {
        loop.push(send(channel, messages).handle);
        loop.push(receive(channel, messages).handle);
    });
}
BENCHMARK(buffered_channel)->Name("channel-1024");

// ---- Many that wait ----

/// Waits for ever: a link in a list of those that do.
struct Park {
    bool await_ready() { return false; }
    void await_suspend(Handle handle) {
        self = handle;
        next = std::exchange(parked, this);
    }
    void await_resume() {}

    Handle self;
    Park* next = nullptr;
    static inline Park* parked = nullptr;
};

Task park() {
    co_await Park{};
}

void parked_memory(State& state) {
    constexpr long tasks = 1'000'000;
    while (state.KeepRunning()) {
        const double before = bench::resident_bytes();
        for (long i = 0; i < tasks; ++i) {
            park().handle.resume();
        }
        state.counters["bytes"] = (bench::resident_bytes() - before) / double{tasks};
    }
    while (Park::parked != nullptr) {
        std::exchange(Park::parked, Park::parked->next)->self.destroy();
    }
}
BENCHMARK(parked_memory)->Name("parked-memory")->Iterations(1);

using Clock = std::chrono::steady_clock;

/// Those asleep: a heap with the earliest at the root.
class Alarms {
public:
    void set(Clock::time_point when, Handle handle) {
        heap_.push_back({when, handle});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }

    void run() {
        while (!heap_.empty()) {
            std::this_thread::sleep_until(heap_.front().when);
            const Clock::time_point now = Clock::now();
            while (!heap_.empty() && heap_.front().when <= now) {
                std::pop_heap(heap_.begin(), heap_.end(), later);
                const Handle due = heap_.back().handle;
                heap_.pop_back();
                due.resume();
            }
        }
    }

private:
    struct Alarm {
        Clock::time_point when;
        Handle handle;
    };
    static bool later(const Alarm& one, const Alarm& other) { return one.when > other.when; }

    std::vector<Alarm> heap_;
};

Alarms alarms;

struct Sleep {
    bool await_ready() { return false; }
    void await_suspend(Handle self) { alarms.set(Clock::now() + duration, self); }
    void await_resume() {}

    std::chrono::nanoseconds duration;
};

Task sleep(std::chrono::nanoseconds duration) {
    co_await Sleep{duration};
}

void sleeps(State& state) {
    constexpr long sleeps = 1'000'000;
    while (state.KeepRunning()) {
        const double before = bench::cpu_seconds();
        for (long i = 0; i < sleeps; ++i) {
            sleep(bench::spread(i, sleeps)).handle.resume();
        }
        alarms.run();
        state.counters["s"] = bench::cpu_seconds() - before;
    }
}
BENCHMARK(sleeps)->Name("sleeps-1m")->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
