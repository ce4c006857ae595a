#pragma once

// The short way of a trap. A system call of a real machine that can be answered at once returns to
// its caller and never sees the scheduler; here it never leaves the coroutine. The call's handle
// runs inside of the co_yield, where the compiler knows its class, and can put it there whole.
//
// A trap goes the short way while its caller's quantum lasts, nobody attends to the kernel and no
// interruption waits; and the first time that it is handled. What blocks is handled again by the
// dispatch loop. Both ways do the same, and count alike: which of them a trap goes can only be told
// by the time that it takes.

#include "kernel/kernel.h"
#include "tasks/task.h"
#include "tasks/trap.h"

#include <concepts>
#include <cstdint>

namespace yos {

class AnySystemCall;

class ShortWay {
public:
    /// True when `call` is done, or has failed: its caller goes on. Otherwise this run of the
    /// caller ends.
    template <class C>
    [[gnu::always_inline]] static bool answer(C& call, Task& caller) {
        const bool allowed = caller.may_trap_in_place();
        caller.count_trap();
        if (!allowed) [[unlikely]] {
            caller.end_run_with_trap();
            return false;
        }
        Kernel& kernel = static_cast<Kernel&>(caller.upcalls());
        const std::uint32_t waits_before = kernel.waits;
        Outcome outcome = Outcome::Kind::completed;
        try {
            outcome = call.C::handle(kernel, caller);
            if constexpr (Mistakes::looked_for) {
                kernel.mistakes_.report(call);
            }
        } catch (...) {
            return fail_with_caught(call, caller);
        }
        if (outcome.kind() == Outcome::Kind::completed) [[likely]] {
            return true;
        }
        if (outcome.kind() == Outcome::Kind::yielded) {
            caller.end_run_with_yield();
            return false;
        }
        if (outcome.kind() == Outcome::Kind::blocked && kernel.waits != waits_before) {
            caller.set_state(Task::State::blocked);
            caller.end_run_with_trap();
            return false;
        }
        return take(outcome, call, caller);
    }

private:
    static bool take(Outcome outcome, Trap& trap, Task& caller) noexcept;
    static bool fail_with_caught(Trap& trap, Task& caller) noexcept;
};

/// Of co_yield, for any system call: see AnsweredInPlace.
template <std::derived_from<AnySystemCall> C>
[[gnu::always_inline]] inline bool answer_in_place(C& call, CallStack& caller) {
    return ShortWay::answer(call, static_cast<Task&>(caller));
}

}  // namespace yos
