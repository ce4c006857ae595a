// expect: no member named .yield_value.

#include "syscalls/get_tid.h"

#include <coroutine>

/// A coroutine that no task runs.
struct Detached {
    struct promise_type {
        Detached get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
};

Detached trap() {
    co_yield yos::GetTid{};
}
