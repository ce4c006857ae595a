#include "kernel/short_way.h"

namespace yos {

/// What is rare: the call has failed, its caller has ended, or it has made a mistake.
bool ShortWay::take(Outcome outcome, Trap& trap, Task& caller) noexcept {
    if (outcome.kind() == Outcome::Kind::exited) {
        caller.end_run_for_good();
        return false;
    }
    caller.end_run_with_trap();
    if (outcome.kind() == Outcome::Kind::failed) {
        caller.leave_unserved();
        Kernel::raise_error(caller, trap, outcome.error());
        return true;
    }
    try {
        Kernel::check_that_it_waits(caller, trap);
    } catch (...) {
        return fail_with_caught(trap, caller);
    }
    caller.set_state(Task::State::blocked);
    return false;
}

bool ShortWay::fail_with_caught(Trap& trap, Task& caller) noexcept {
    caller.leave_unserved();
    caller.end_run_with_trap();
    Kernel::raise_caught(caller, trap);
    return true;
}

}  // namespace yos
