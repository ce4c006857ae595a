// The dispatch loop: what a kernel does all day. To be read aloud:
//
//   1. Pick the next ready task; the I/O task, when none is ready or enough have run since it did.
//      When nothing can ever become ready, that is a deadlock.
//   2. Run the task to its next trap that is not answered in place (short_way.h); a woken task
//   still
//      has one in hand.
//   3. Hand the trap to the call's handle.
//   4. The call completed or failed: the task goes on, for as long as its quantum lasts. Or it
//      blocked: it waits in a queue, and whoever wakes it makes it ready again.
//   5. Or the task has ended.

#include "kernel/kernel.h"

#include <algorithm>
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
    {
        const CallStack::Runner runner;
        while (step()) {
        }
    }
    world_.poller->submit();  // what was written last need not wait for another run
    const bool stopped = std::exchange(stopping_, false);
    if (broken_world_ != nullptr) [[unlikely]] {
        end_all(kernel_tid);
        std::rethrow_exception(std::exchange(broken_world_, nullptr));
    }
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
    const CallStack::Runner runner;
    const bool more = step();
    world_.poller->submit();
    return more;
}

/// False when there is nothing more to run.
bool Kernel::step() {
    if (--until_look_ > 0) [[likely]] {
        if (Task* const oldest = ready_.pop()) [[likely]] {  // 1.
            dispatch<false>(*oldest);
            return true;
        }
    }
    return look_around();
}

/// As step(), when more has to be thought of.
bool Kernel::look_around() {
    Task* task = nullptr;
    if (attended()) {
        attend();
        if (!attended()) {
            return step();  // whoever did has left
        }
        until_look_ = 1;
        task = --until_poll_ > 0 ? choose_ready() : nullptr;
    }
    if (task == nullptr && turn_to_io_task()) {
        task = io_task_;
    }
    if (task == nullptr) {
        return false;
    }
    if (policy_ == nullptr || task == io_task_) {
        dispatch<true>(*task);
    } else {
        give_turn_by_policy(*task);
    }
    return true;
}

/// The policy says how long the turn may be, and hears how it was used.
void Kernel::give_turn_by_policy(Task& task) {
    const Tid tid = task.tid();
    const std::uint64_t traps_before = task.traps();
    const Time began = world_.clock.look();
    ask_policy([&](Policy& policy) { turn_quantum_ = policy.quantum(task); });
    turn_quantum_ = turn_quantum_ > 0 ? std::min(turn_quantum_, limits::longest_quantum) : quantum_;
    turn_was_cut_ = false;
    dispatch<true>(task);
    turn_quantum_ = quantum_;
    if (const Task* const alive = find_alive(tid)) {
        const Turn turn{.traps = static_cast<unsigned>(alive->traps() - traps_before),
                        .time = world_.clock.look() - began,
                        .cut = turn_was_cut_};
        ask_policy([&](Policy& policy) { policy.ran(*alive, turn); });
    }
}

/// Null when nobody is ready.
Task* Kernel::choose_ready() {
    let_time_pass();
    if (policy_ != nullptr) {
        return choose_by_policy();
    }
    if (oracle_ == nullptr) {
        return ready_.pop();
    }
    while (!ready_.empty()) {
        if (Task* const task = ready_.pop(choose(Choice::next_task, ReadyQueue::Oldest(ready_)))) {
            return task;
        }
    }
    return nullptr;
}

/// It is the I/O task's turn; false when there is nothing more to run.
bool Kernel::turn_to_io_task() {
    (attended() ? until_poll_ : until_look_) = limits::dispatches_between_polls;
    const bool deadlocked = nobody_ready() && timers_.empty() && outside_waiters_ == 0;
    if (user_tasks_ == 0 || stopping_ || pausing_ || deadlocked) {
        return false;
    }
    io_task_->trap_done();
    return true;
}

/// Finds out whether anybody stands at a door: then every step looks around.
void Kernel::attend() {
    const bool attended = observers_.any() || oracle_ != nullptr || policy_ != nullptr ||
                          hook_ != nullptr || !delays_.empty();
    if (attended && !attended_) {
        until_poll_ = std::exchange(until_look_, 1);
    } else if (!attended && attended_) {
        until_look_ = until_poll_;
    }
    attended_ = attended;
}

/// Whether anybody attends is asked once a dispatch, not at each event: a kernel that is left alone
/// pays next to nothing for those who could.
template <bool attended>
void Kernel::dispatch(Task& task) {
    task.make_current();
    task.set_state(Task::State::running);
    task.count_switch();
    tell_if<attended>(&Observer::resumed, task);

    Trap* const begun = task.pending_trap();  // woken in a call; it was counted then
    const unsigned quantum = attended ? turn_quantum_ : quantum_;
    unsigned traps_left = quantum - (begun ? 0U : 1U);  // but for the one that ends the turn
    if (begun != nullptr && !go_long_way<attended>(*begun, task, true, traps_left)) {
        return;
    }
    for (;;) {
        task.allow_short_way(attended ? 0 : traps_left);
        const unsigned before = task.traps_low();
        const CallStack::RunEnd end = task.run();  // 2.
        if (end == CallStack::RunEnd::yield) [[likely]] {
            return make_ready(task);
        }
        if (end == CallStack::RunEnd::end) {
            return end_itself(task);  // 5.
        }
        if (task.state() == Task::State::blocked) {
            return;
        }
        traps_left -= task.traps_low() - before;
        task.count_trap();
        tell_if<attended>(&Observer::trapped, task, task.trap());
        if (!go_long_way<attended>(task.trap(), task, false, traps_left)) {
            return;
        }
    }
}

/// Has the call handled, and does what follows from it. True when the task goes on. `begun`: it was
/// handled before.
template <bool attended>
bool Kernel::go_long_way(Trap& trap, Task& task, bool begun, unsigned& traps_left) {
    const bool hooked = attended && hook_ != nullptr && !begun && !task.is_kernel();
    const Outcome outcome = hooked ? perform_past_hook(trap, task) : perform(trap, task);  // 3.
    const Outcome::Kind kind = outcome.kind();                                             // 4.
    if (kind == Outcome::Kind::completed || kind == Outcome::Kind::yielded) [[likely]] {
        task.leave_served();
        task.trap_done();
    } else if (kind == Outcome::Kind::blocked) {
        task.set_state(Task::State::blocked);
        tell_if<attended>(&Observer::blocked, task, trap);
        return false;
    } else if (kind == Outcome::Kind::failed) {
        task.leave_unserved();
    } else {
        end_itself(task);
        return false;
    }
    tell_if<attended>(&Observer::completed, task, trap, outcome);
    if (kind == Outcome::Kind::yielded || traps_left-- == 0) {
        if constexpr (attended) {
            turn_was_cut_ = kind != Outcome::Kind::yielded;
        }
        make_ready(task);
        return false;
    }
    return true;
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

/// As perform(), if the hook lets it.
Outcome Kernel::perform_past_hook(Trap& trap, Task& task) noexcept {
    Verdict verdict = ask_hook(trap, task);
    if (!trap.interruptible()) {
        verdict.fail = {};
    }
    try {
        trap.shorten(std::max<std::size_t>(verdict.at_most, 1));
        if (verdict.delay > Duration::zero()) {
            delays_.add(task.tid(), saturating_add(now(), verdict.delay), verdict.fail);
            return Outcome::Kind::blocked;
        }
    } catch (...) {
        return raise_caught(task, trap);
    }
    return verdict.fail == std::errc{} ? perform(trap, task)
                                       : raise_error(task, trap, verdict.fail);
}

Verdict Kernel::ask_hook(Trap& trap, const Task& task) noexcept {
    try {
        return hook_->before(task, trap);
    } catch (...) {
        tell_of_dismissal("hook");
        hook_ = nullptr;
        return {};
    }
}

/// A failure, by its code. An Outcome has room for the codes of errno alone.
Outcome Kernel::failed_with(int code) noexcept {
    return code > 0 ? Outcome(static_cast<std::errc>(code)) : Outcome(Outcome::Kind::failed);
}

Outcome Kernel::raise_error(Task& task, Trap& trap, std::errc why) noexcept {
    const std::error_code code = std::make_error_code(why);
    if (trap.take_failure(code)) {
        task.trap_done();
    } else {
        task.raise(std::make_exception_ptr(std::system_error(code, to_string(trap))));
    }
    return failed_with(code.value());
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
        return failed_with(failure.code().value());
    } catch (...) {
        task.raise(std::current_exception());
        return Outcome::Kind::failed;
    }
}

}  // namespace yos
