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

/// How a task ended that was not killed by another: by Exit, or its outermost frame has come to its
/// end, perhaps by an exception.
ExitStatus status_of(Task& task, const std::exception_ptr& exception) {
    if (task.has_exit() && task.exit()->status) {
        return *task.exit()->status;
    }
    if (exception == nullptr) {
        return ExitStatus::returned(task.exit_code());
    }
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
        doomed_ = owner->tid();
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
        return;  // at its next call, then
    }
    if (interruption_due(task, *trap)) {
        task.leave_unserved();
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

/// Ends a task: first nobody can reach it, then its frames go, then those who wait are told. Its
/// status is made only if somebody hears of it.
void Kernel::end(Task& task, std::optional<Tid> killer) {
    if (task.is_kernel()) {
        panic(title_of(task) +
              " ended: " + std::string(status_of(task, task.take_exception()).what()));
    }
    task.leave_unserved();
    if (task.state() == Task::State::ready && !task.held_back()) {
        ready_.remove(task);
    }
    task.set_state(Task::State::zombie);
    Task* const heir = task.joinable() ? find_alive(task.parent()) : nullptr;
    const bool in_group = task.member() != nullptr;
    std::exception_ptr exception;
    std::optional<ExitStatus> status;
    if (heir != nullptr || in_group || task.has_exit() || task.has_failed() || observed()) {
        exception = task.take_exception();
        status = killer ? ExitStatus::killed(*killer) : status_of(task, exception);
    }
    task.unwind();
    --user_tasks_;
    if (task.holds_anything()) {
        task.abandon_held();
        log_.warning(title_of(task) + " ended with a lock held: the lock is broken");
    }
    bool handed_on = false;
    if (in_group) {
        const TaskGroup& group = task.member()->group;
        const bool first = group.failures().empty();
        leave_group(task, std::move(exception), *status);
        handed_on = first && !group.failures().empty();
    }
    // A parent that waits already takes the status with it.
    const bool awaited_by_heir = heir != nullptr && task.awaited_by(*heir);
    if (status) {
        log_failure(log_, task, *status, handed_on);
        publish(task, *std::move(status));
    }
    while (Task* child = task.first_zombie()) {
        reap(*child);
    }
    if (heir != nullptr && !awaited_by_heir) {
        heir->add_zombie(task);
        task.exit()->zombie = &task;
    } else {
        forget(task);
    }
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

/// Ends a task that asked for it.
void Kernel::end_itself(Task& task) {
    const Tid tid = task.tid();
    end(task);
    if (const std::optional<Tid> owner = std::exchange(doomed_, std::nullopt)) {
        kill(*tasks_.find(*owner), tid);
    }
}

bool Kernel::goes_with(const Task& task, const Task& owner) const {
    const Task* above = &task;
    while (above != nullptr && above->member() != nullptr && above != &owner) {
        above = tasks_.find(above->member()->group.owner());
    }
    return above == &owner && above != &task;
}

void Kernel::publish(Task& task, ExitStatus&& status) {
    tell(&Observer::exited, task, status);
    if (task.joinable() || task.has_exit()) {
        ExitRecord& record = *task.exit();
        record.status = std::move(status);
        record.waiters.complete_all();
    }
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
