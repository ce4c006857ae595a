#include "kernel/short_way.h"

namespace yos {

/// The call has failed, its caller has ended, or it has made a mistake. As go_short_way().
bool Kernel::settle_rare(Outcome outcome, Trap& trap, Task& task) noexcept {
    if (outcome.kind() == Outcome::Kind::exited) {
        task.end_run_for_good();
        return false;
    }
    task.end_run_with_trap();
    if (outcome.kind() == Outcome::Kind::failed) {
        task.leave_unserved();
        raise_error(task, trap, outcome.error());
        return true;
    }
    try {
        check_that_it_waits(task, trap);
    } catch (...) {
        return fail_with_caught(trap, task);
    }
    task.set_state(Task::State::blocked);
    return false;
}

/// The call has thrown what is being caught. As go_short_way().
bool Kernel::fail_with_caught(Trap& trap, Task& task) noexcept {
    task.end_run_with_trap();
    task.leave_unserved();
    raise_caught(task, trap);
    return true;
}

/// Throws what the author of the call has done wrong.
void Kernel::look_for_mistakes(const Trap& trap,
                               const std::type_info& yielded_as,
                               const Task& task,
                               Outcome outcome) {
    if (typeid(trap) != yielded_as) {
        Mistakes::blame(trap, "was yielded as a base class of its own: yield it as what it is");
    }
    const bool goes_on =
        outcome.kind() == Outcome::Kind::completed || outcome.kind() == Outcome::Kind::yielded;
    if (goes_on && task.waits()) {
        Mistakes::blame(trap, "joined a line and did not wait: answer what block_on answers");
    }
    mistakes_.report(trap);
}

}  // namespace yos
