#pragma once

// The short way of a trap. A system call of a real machine that can be answered at once returns to
// its caller and never sees the scheduler; here it never leaves the coroutine. The call's handle
// runs inside of the co_yield, where the compiler knows its class, and can put it there whole.
//
// A trap goes the short way while its caller's quantum lasts, nobody attends to the kernel and no
// interruption waits; and the first time that it is handled. What blocks is handled again by the
// dispatch loop, on the long way. Both ways do the same, and count alike: it makes no difference to
// a call or its caller which of them a trap goes.

#include "kernel/kernel.h"
#include "tasks/task.h"
#include "tasks/trap.h"

#include <concepts>
#include <cstdint>
#include <typeinfo>

namespace yos {

/// True when `call` is done, or has failed: its caller goes on. Otherwise this run of the caller
/// ends. `caller` is a task's. (Of co_yield, for every system call: see tasks/coroutine.h.)
template <std::derived_from<AnySystemCall> C>
[[gnu::always_inline]] inline bool go_short_way(C& call, CallStack& caller) {
    Task& self = static_cast<Task&>(caller);
    if (!self.may_go_short_way()) [[unlikely]] {
        self.end_run_with_trap();
        return false;
    }
    self.count_trap();
    Kernel& kernel = static_cast<Kernel&>(self.upcalls());
    const std::uint32_t waits_before = kernel.waits;
    Outcome outcome = Outcome::Kind::completed;
    try {
        outcome = call.C::handle(kernel, self);
        if constexpr (Mistakes::looked_for) {
            kernel.look_for_mistakes(call, typeid(C), self, outcome);
        }
    } catch (...) {
        return Kernel::fail_with_caught(call, self);
    }
    if (outcome.kind() == Outcome::Kind::completed) [[likely]] {
        return true;
    }
    if (outcome.kind() == Outcome::Kind::yielded) {
        self.end_run_with_yield();
        return false;
    }
    if (outcome.kind() == Outcome::Kind::blocked && kernel.waits != waits_before) {
        self.set_state(Task::State::blocked);
        self.end_run_with_trap();
        return false;
    }
    return Kernel::settle_rare(outcome, call, self);
}

}  // namespace yos
