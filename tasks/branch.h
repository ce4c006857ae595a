#pragma once

// A task stands in one line at a time; a call that waits for several things (see Select) has a
// Branch for each, which stands in line for the task. To the queues a Branch is a waiter like any
// other. What it came for, its task's call finds out when it is handled again.

#include "tasks/task.h"
#include "tasks/trap.h"

#include <utility>

namespace yos {

class Branch final : public Waiter {
public:
    explicit Branch(Task& task) : Waiter(branch), task_(task) {}
    ~Branch() { withdraw(); }

    /// Handles `trap`, one of several that the task waits for, with this in the place of the task
    /// in whatever line `trap` joins. Once blocked, it is not handled again until it is woken.
    Outcome handle(Trap& trap, Kernel& kernel) {
        if (outcome_.kind() == Outcome::Kind::blocked) {
            if (!begun_ || is_woken()) {
                begun_ = true;
                const StandIn stand_in(*this);
                outcome_ = trap.handle(kernel, task_);
            } else {
                ++task_.upcalls().waits;  // not woken, it stands where it stood: a wait as well
            }
        }
        return outcome_;
    }

    /// The task's call is done by what this one came for: it leaves its line as served.
    void win() noexcept {
        leave_served();
        withdrawn_ = true;
    }

    /// The task's call is done by another branch, or given up: this one leaves its line with
    /// nothing, and if it was woken, the next in line is woken in its place.
    void withdraw() noexcept {
        leave_unserved();
        withdrawn_ = true;
    }

private:
    friend class Waiter;

    /// While it lives, the task's waiter is the branch.
    class StandIn {
    public:
        explicit StandIn(Branch& branch)
            : upcalls_(branch.task_.upcalls()), before_(std::exchange(upcalls_.branch, &branch)) {}
        StandIn(const StandIn&) = delete;
        StandIn& operator=(const StandIn&) = delete;
        ~StandIn() { upcalls_.branch = before_; }

    private:
        Upcalls& upcalls_;
        Waiter* before_;
    };

    void end(Outcome outcome) noexcept {
        if (!withdrawn_) {
            outcome_ = outcome;
            task_.upcalls().wake(task_);
        }
    }

    Task& task_;
    Outcome outcome_ = Outcome::Kind::blocked;
    bool begun_ = false;
    bool withdrawn_ = false;
};

}  // namespace yos
