// What the tasks/ floor asks of the kernel: see tasks/upcalls.h.

#include "kernel/kernel.h"

namespace yos {

void Kernel::wake(Task& task) noexcept {
    if (mistakes_.exists(task, "woke") && task.state() == Task::State::blocked) {
        make_ready(task);
        if (attended()) [[unlikely]] {
            tell_woken(task);
        }
    }
}

/// By the task that is current; by the kernel, when that is none of its own: somebody outside has
/// called a function of it.
void Kernel::tell_woken(const Task& task) noexcept {
    const auto* const current = static_cast<const Task*>(CallStack::current());
    const bool own = current != nullptr && &current->upcalls() == this;
    tell(&Observer::woken, task, own ? current->tid() : kernel_tid);
}

void Kernel::complete(Task& task) noexcept {
    Trap* const trap = mistakes_.exists(task, "completed") ? task.pending_trap() : nullptr;
    if (trap != nullptr) {
        task.leave_served();
        task.trap_done();
        tell(&Observer::completed, task, *trap, Outcome::Kind::completed);
        wake(task);
    }
}

void Kernel::fail(Task& task, std::errc why) noexcept {
    Trap* const trap = mistakes_.exists(task, "failed") ? task.pending_trap() : nullptr;
    if (trap != nullptr) {
        task.leave_unserved();
        raise_error(task, *trap, why);
        tell(&Observer::completed, task, *trap, Outcome(why));
        wake(task);
    }
}

}  // namespace yos
