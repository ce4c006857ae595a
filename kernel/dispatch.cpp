// The dispatch loop: what a kernel does all day. To be read aloud:
//
//   1. Pick the next ready task; the I/O task, when none is ready or enough have run since it did.
//      When nothing can ever become ready, that is a deadlock.
//   2. Run the task to its next trap; a woken task still has one in hand.
//   3. Hand the trap to the call's handle.
//   4. The call completed or failed: the task goes on, for as long as its quantum lasts. Or it
//      blocked: it waits in a queue, and whoever wakes it makes it ready again.
//   5. Or the task has ended.

#include "kernel/kernel.h"

#include <stdexcept>
#include <utility>

namespace yos {

namespace {

/// The timer of run_until, which tells it that it is time to pause.
class Bell final : public Timer {
public:
    explicit Bell(bool& rung) : rung_(rung) {}
    void expire() override { rung_ = true; }

private:
    bool& rung_;
};

}  // namespace

Ending Kernel::run() {
    world_.poller->check_thread();
    if (!stopping_) {
        stop_signal_ = 0;
    }
    while (Task* task = next()) {  // 1.
        current_ = task;
        observed() ? dispatch_observed(*task) : dispatch<false>(*task);
    }
    current_ = nullptr;
    world_.poller->submit();  // what was written last need not wait for another run
    const bool stopped = std::exchange(stopping_, false);
    if (user_tasks_ == 0 && !stopped) {
        return Ending::finished;
    }
    if (pausing_ && !stopped) {
        return Ending::paused;
    }
    if (!stopped) {
        log_.error(wait_graph());
    }
    end_all(kernel_tid);
    return stopped ? Ending::stopped : Ending::deadlocked;
}

Ending Kernel::run_until(Time when) {
    pausing_ = false;
    Bell bell(pausing_);
    timers_.set(bell, when);
    const Ending ending = run();
    pausing_ = false;
    return ending;
}

bool Kernel::run_one() {
    world_.poller->check_thread();
    Task* const task = next();
    if (task != nullptr) {
        current_ = task;
        dispatch_observed(*task);
    }
    current_ = nullptr;
    world_.poller->submit();
    return task != nullptr;
}

Task* Kernel::next() {
    if (--until_poll_ > 0) [[likely]] {
        while (oracle_.seeded() && !ready_.empty()) {
            Task& chosen = ready_.pop(choose(Choice::next_task, ready_.size()));
            if (!Jobs::holds_back(chosen)) {
                return &chosen;
            }
        }
        while (Task* oldest = ready_.pop()) {
            if (!Jobs::holds_back(*oldest)) [[likely]] {
                return oldest;
            }
        }
    }
    return next_is_io_task() ? io_task_ : nullptr;
}

/// False when there is nothing more to run.
bool Kernel::next_is_io_task() {
    until_poll_ = limits::dispatches_between_polls;
    const bool deadlocked = ready_.empty() && timers_.empty() && outside_waiters_ == 0;
    if (user_tasks_ == 0 || stopping_ || pausing_ || deadlocked) {
        return false;
    }
    io_task_->trap_done();
    return true;
}

/// The events are asked for once a dispatch, not at each: a kernel without observers pays next to
/// nothing for them.
template <bool observed>
void Kernel::dispatch(Task& task) {
    const auto tell = [&](auto event, const auto&... what) {
        if constexpr (observed) {
            this->tell(event, what...);
        }
    };
    task.set_state(Task::State::running);
    task.count_switch();
    tell(&Observer::resumed, task);

    bool in_hand = task.pending_trap() != nullptr;  // woken: it has had its turn
    for (unsigned turns = quantum_ - (in_hand ? 0 : 1);; in_hand = false) {
        if (!in_hand) {
            if (!task.run()) {     // 2.
                return end(task);  // 5.
            }
            task.count_trap();
            tell(&Observer::trapped, task, task.trap());
        }

        Trap& trap = task.trap();
        const Outcome outcome = perform(trap, task);  // 3.
        const Outcome::Kind kind = outcome.kind();    // 4.
        if (kind == Outcome::Kind::completed || kind == Outcome::Kind::yielded) [[likely]] {
            task.leave_served();
            task.trap_done();
        } else if (kind == Outcome::Kind::blocked) {
            task.set_state(Task::State::blocked);
            return tell(&Observer::blocked, task, trap);
        } else if (kind == Outcome::Kind::failed) {
            task.leave_unserved();
        } else {
            return end_itself(task);
        }
        tell(&Observer::completed, task, trap, outcome);
        if (kind == Outcome::Kind::yielded || turns-- == 0) {
            return make_ready(task);
        }
    }
}

void Kernel::dispatch_observed(Task& task) {
    dispatch<true>(task);
}

/// Handles a trap for a task. Whatever goes wrong in there is the caller's to hear of.
Outcome Kernel::perform(Trap& trap, Task& task) noexcept {
    try {
        if (task.interruption_waits() && interruption_due(task, trap)) [[unlikely]] {
            return Outcome::Kind::failed;
        }
        const std::uint32_t waits_before = waits;
        const Outcome outcome = trap.handle(*this, task);
        if (outcome.kind() == Outcome::Kind::blocked && waits == waits_before) [[unlikely]] {
            check_that_it_waits(task, trap);
        }
        if constexpr (Mistakes::looked_for) {
            mistakes_.report(trap);
        }
        if (outcome.kind() == Outcome::Kind::failed) [[unlikely]] {
            return raise_error(task, trap, outcome.error());
        }
        return outcome;
    } catch (...) {
        return raise_caught(task, trap);
    }
}

/// Throws when `task`, which has joined no line, does not stand in one from before either.
void Kernel::check_that_it_waits(const Task& task, const Trap& trap) {
    if (!task.waits() && !task.is_kernel()) {
        Mistakes::blame(trap,
                        "answered blocked, but waits for nothing, so nobody could wake it: answer "
                        "block_on or block_until");
    }
}

Outcome Kernel::raise_error(Task& task, Trap& trap, std::errc why) noexcept {
    const std::error_code code = std::make_error_code(why);
    if (trap.take_failure(code)) {
        task.trap_done();
    } else {
        task.raise(std::make_exception_ptr(std::system_error(code, to_string(trap))));
    }
    return Outcome(why);
}

/// Of what is being caught.
Outcome Kernel::raise_caught(Task& task, Trap& trap) noexcept {
    try {
        throw;
    } catch (const std::system_error& failure) {
        if (trap.take_failure(failure.code())) {
            task.trap_done();
        } else {
            task.raise(std::current_exception());
        }
        return Outcome(static_cast<std::errc>(failure.code().value()));
    } catch (...) {
        task.raise(std::current_exception());
        return Outcome::Kind::failed;
    }
}

void Kernel::make_ready(Task& task) noexcept {
    task.set_state(Task::State::ready);
    ready_.push(task);
}

void Kernel::wake(Task& task) noexcept {
    if (mistakes_.exists(task, "woke") && task.state() == Task::State::blocked) {
        make_ready(task);
        tell(&Observer::woken, task, current_ != nullptr ? current_->tid() : kernel_tid);
    }
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
