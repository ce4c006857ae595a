#pragma once

// The limit: bare coroutine handles, with as little around them as the work can do with. Nobody
// would want to write programs like this, and nothing that runs coroutines one after the other can
// be faster by much. Here is what its rows share: a loop, tasks, and memory for their frames.

#include "tests/bench/measure.h"

#include <array>
#include <coroutine>
#include <exception>
#include <utility>

namespace raw {

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

inline Loop loop;

/// Runs what `spawn` puts into the loop.
template <class Spawn>
void measure(benchmark::State& state, long operations, Spawn spawn) {
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

/// Goes to the end of the loop.
struct Yield {
    bool await_ready() { return false; }
    void await_suspend(Handle self) { loop.push(self); }
    void await_resume() {}
};

}  // namespace raw
