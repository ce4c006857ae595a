// expect: no member named .await_ready.

#include "tasks/coroutine.h"

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

yos::Coroutine<> subroutine();

Detached call_a_subroutine() {
    co_await subroutine();
}
