// How tasks go: killed, cancelled, ended, reaped.

#include "kernel/host/terminal_rescue.h"
#include "kernel/kernel.h"
#include "kernel/time/deadline.h"
#include "kernel/uapi/task_group.h"
#include "tasks/contract.h"
#include "tasks/interruption.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <utility>

namespace yos {
namespace {

std::string title_of(const Task& task) {
    return "task " + std::to_string(task.tid()) + " (" + task.name() + ")";
}

/// How a task ended that an exception has left.
ExitStatus status_of(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const Cancelled& cancelled) {
        return ExitStatus::cancelled(cancelled.by(), cancelled.why());
    } catch (const std::exception& failure) {
        return ExitStatus::threw(failure.what());
    } catch (...) {
        return ExitStatus::threw("something that is no std::exception");
    }
}

/// A warning that a task has ended by an exception. It is but an information when the exception is
/// handed on: what the first task of a group to fail has thrown, join() throws in the group's
/// owner, which will tell of it.
void log_failure(KernelLog& log, const Task& ended, const ExitStatus& status, bool handed_on) {
    if (status.how != ExitStatus::How::threw) {
        return;
    }
    const std::string message =
        title_of(ended) + " ended by an exception: " + std::string(status.what());
    handed_on ? log.info(message) : log.warning(message);
}

/// Without its own tasks a kernel cannot go on.
[[noreturn]] void panic(const std::string& why) {
    restore_terminal();
    std::fprintf(stderr, "yos: panic: %s\n", why.c_str());
    std::abort();
}

}  // namespace

/// Ends a task: first nobody can reach it, then its frames go, then those who wait are told.
void Kernel::end(Task& task, std::optional<Tid> killer) {
    task.leave_unserved();
    if (task.state() == Task::State::ready && !task.held_back()) {
        leave_ready(task);
    }
    task.set_state(Task::State::zombie);
    --user_tasks_;
    bool kept = false;
    if (task.is_plain() && !task.has_failed() && !attended()) [[likely]] {
        task.unwind();
    } else {
        kept = end_rare(task, killer);
    }
    if (!kept) {
        forget(task);
    }
}

/// A task that is ready is so no more.
void Kernel::leave_ready(Task& task) noexcept {
    if (policy_ == nullptr || !policy_->remove(task)) {
        ready_.remove(task);
    }
}

Task* Kernel::find_alive(Tid tid) const {
    Task* task = tasks_.find(tid);
    return task != nullptr && task->state() != Task::State::zombie ? task : nullptr;
}

void Kernel::kill(Task& victim, Tid by) {
    const char* const mistake =
        victim.is_kernel()                       ? "is the kernel's own: only user tasks are killed"
        : victim.state() == Task::State::zombie  ? "has ended: find_alive finds those who have not"
        : victim.state() == Task::State::running ? "is running: a call ends its caller by exit()"
                                                 : nullptr;
    check_contract(mistake == nullptr, [&] { return "kill: " + title_of(victim) + " " + mistake; });
    end(victim, by);
}

Outcome Kernel::exit(Task& self, ExitStatus status, const Task* owner) {
    self.exit()->status = std::move(status);
    if (owner != nullptr) {
        doomed_ = Doomed{owner->tid(), self.tid()};
    }
    return Outcome::Kind::exited;
}

void Kernel::cancel(Task& task, Tid by, std::string why) {
    task.cancel(std::make_exception_ptr(Cancelled(by, std::move(why))));
    task.let_interruption_wait(true);
    interrupt(task);
}

void Kernel::interrupt(Task& task) noexcept {
    Trap* trap = task.pending_trap();
    const bool woken = task.state() == Task::State::ready;
    if (trap == nullptr || !(woken || task.state() == Task::State::blocked)) {
        task.forbid_short_way();
        return;  // at its next call, then
    }
    if (interruption_due(task, *trap)) {
        task.leave_unserved();
        delays_.remove(task.tid());
        tell(&Observer::interrupted, task, *trap);
        wake(task);
    }
}

/// Raises what is due in `task`, unless `trap` is one that must not be interrupted.
bool Kernel::interruption_due(Task& task, const Trap& trap) noexcept {
    if (!trap.interruptible()) {
        return false;
    }
    if (std::exception_ptr cancellation = task.take_cancellation()) {
        task.raise(std::move(cancellation));
        return true;
    }
    if (Deadline* expired = Deadline::outermost_due(task)) {
        task.raise(expired->deliver());
        return true;
    }
    task.let_interruption_wait(false);
    return false;
}

/// The rest of the end of a task that has more than its frames, or that others hear of. True when
/// it is kept for its parent.
bool Kernel::end_rare(Task& task, std::optional<Tid> killer) {
    std::exception_ptr exception;
    if (task.has_failed()) [[unlikely]] {
        exception = task.take_exception();
    }
    if (task.is_kernel()) [[unlikely]] {
        panic(title_of(task) +
              " ended: " + std::string(exception ? status_of(exception).what() : "it returned"));
    }
    Task* const heir = task.joinable() ? find_alive(task.parent()) : nullptr;
    const bool recorded = heir != nullptr || task.has_exit();
    const Ref<ExitRecord> record = recorded ? task.exit() : Ref(new ExitRecord);
    if (killer || exception != nullptr) [[unlikely]] {
        record->status = killer ? ExitStatus::killed(*killer) : status_of(exception);
    } else if (!record->status) {  // or Exit has put it there
        record->status.emplace(ExitStatus::returned(task.exit_code()));
    }
    task.unwind();
    if (task.holds_anything()) {
        task.abandon_held();
        log_.warning(title_of(task) + " ended with a lock held: the lock is broken");
    }
    if (task.member() != nullptr || exception != nullptr) [[unlikely]] {
        tell_group(task, exception, *record->status);
    }
    // A parent that waits already takes the status with it.
    const bool kept = heir != nullptr && !task.awaited_by(*heir);
    if (attended()) [[unlikely]] {
        tell_ended(task, *record->status);
    }
    record->waiters.complete_all();
    while (Task* child = task.first_zombie()) {
        reap(*child);
    }
    if (kept) {
        heir->add_zombie(task);
        record->zombie = &task;
    }
    return kept;
}

/// Tells those who attend.
void Kernel::tell_ended(const Task& task, const ExitStatus& status) noexcept {
    delays_.remove(task.tid());
    ask_policy([&](Policy& policy) { policy.ended(task); });
    observers_.tell(&Observer::exited, task, status);
}

/// Tells the group of a task that has ended, if it is in one, and the log.
void Kernel::tell_group(Task& ended,
                        const std::exception_ptr& exception,
                        const ExitStatus& status) {
    bool handed_on = false;
    if (ended.member() != nullptr) {
        const TaskGroup& group = ended.member()->group;
        const bool first = group.failures().empty();
        leave_group(ended, exception, status);
        handed_on = first && !group.failures().empty();
    }
    log_failure(log_, ended, status, handed_on);
}

/// Takes a task that has ended out of its group, and tells the group whether it has failed. It has
/// if an exception left it, or if it was killed or cancelled; but that it was killed or cancelled
/// is no failure once the whole group is being cancelled, for then it had to end.
void Kernel::leave_group(Task& ended, std::exception_ptr exception, const ExitStatus& status) {
    const std::unique_ptr<GroupMember> member(ended.member());
    TaskGroup& group = member->group;
    ended.set_member(nullptr);
    if (status.how == ExitStatus::How::killed || status.how == ExitStatus::How::cancelled) {
        std::ostringstream how;
        how << title_of(ended) << " was " << status;
        exception = group.cancelled()
                        ? nullptr
                        : std::make_exception_ptr(std::system_error(
                              std::make_error_code(std::errc::operation_canceled), how.str()));
    }
    group.remove(*member, std::move(exception));
}

/// Ends a task that has come to its end, or asked for it.
void Kernel::end_itself(Task& task) {
    end(task, std::nullopt);
    CallStack::make_none_current();
    if (doomed_) [[unlikely]] {
        end_doomed();
    }
}

void Kernel::end_doomed() {
    const Doomed doomed = *std::exchange(doomed_, std::nullopt);
    kill(*tasks_.find(doomed.task), doomed.by);
}

bool Kernel::goes_with(const Task& task, const Task& owner) const {
    const Task* above = &task;
    while (above != nullptr && above->member() != nullptr && above != &owner) {
        above = tasks_.find(above->member()->group.owner());
    }
    return above == &owner && above != &task;
}

void Kernel::reap(Task& zombie) {
    zombie.leave_served();  // its parent's zombies
    zombie.exit()->zombie = nullptr;
    forget(zombie);
}

void Kernel::forget(Task& ended) {
    tasks_.erase(ended.tid());
    mistakes_.task_ended(ended);
    ReadyQueue::dispose(ended);
}

std::optional<ExitStatus> Kernel::collect(Tid tid) {
    Task* task = tasks_.find(tid);
    if (task == nullptr || task->state() != Task::State::zombie) {
        return std::nullopt;
    }
    ExitStatus status = *task->exit()->status;
    reap(*task);
    return status;
}

void Kernel::end_all(Tid by) {
    tasks_.for_each([&](Task& task) {
        if (!task.is_kernel() && task.state() != Task::State::zombie) {
            end(task, by);
        }
    });
}

}  // namespace yos
