// How tasks come and go: spawned, killed, cancelled, ended, reaped.

#include "kernel/deadline.h"
#include "kernel/kernel.h"
#include "tasks/interruption.h"

#include <algorithm>
#include <ios>

namespace yos {

Tid Kernel::spawn(Main main, SpawnOptions options) {
    const Tid tid = tasks_.next_tid();
    return start({.tid = tid,
                  .parent = kernel_tid,
                  .job = tid,
                  .name = std::move(options.name),
                  .joinable = options.joinable},
                 std::move(main));
}

Tid Kernel::spawn_child(Task& parent, Main main, SpawnOptions options) {
    const Tid tid = tasks_.next_tid();
    return start({.tid = tid,
                  .parent = parent.tid(),
                  .job = options.leads_job ? tid : parent.job(),
                  .name = std::move(options.name),
                  .joinable = options.joinable},
                 std::move(main));
}

Tid Kernel::start(Task::Identity identity, Main main) {
    if (std::visit([](const auto& coroutine) { return coroutine.empty(); }, main)) {
        throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                                "a task needs a coroutine that was not awaited or moved away");
    }
    const bool is_kernel = identity.kind == Task::Kind::kernel;
    if (!is_kernel && user_tasks_ >= max_tasks_) {
        throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                                "all " + std::to_string(max_tasks_) + " tasks are in use");
    }
    auto task = std::make_unique<Task>(*this, std::move(identity), std::move(main));
    tasks_.insert(*task);
    Task& started = *task.release();
    if (!is_kernel) {
        ++user_tasks_;
        ready_.push(started);
    }
    tell([&](Observer& observer) { observer.spawned(started); });
    return started.tid();
}

Task* Kernel::find_alive(Tid tid) const {
    Task* task = tasks_.find(tid);
    return task != nullptr && task->state() != Task::State::zombie ? task : nullptr;
}

void Kernel::kill(Task& victim, Tid by) {
    end(victim, ExitStatus::killed(by));
}

Outcome Kernel::exit(Task& self, ExitStatus status) {
    self.exit()->status = std::move(status);
    return Outcome::Kind::exited;
}

void Kernel::cancel(Task& task, Tid by, std::string why) {
    task.cancellation = std::make_exception_ptr(Cancelled(by, std::move(why)));
    task.interrupted = true;
    interrupt(task);
}

void Kernel::interrupt(Task& task) noexcept {
    Trap* trap = task.pending_trap();
    const bool woken = task.state() == Task::State::ready;
    if (trap == nullptr || !(woken || task.state() == Task::State::blocked)) {
        return;  // at its next call, then
    }
    if (interruption_due(task, *trap)) {
        task.waiter().give_up();
        task.trap_done();
        tell([&](Observer& observer) { observer.interrupted(task, *trap); });
        wake(task);
    }
}

/// Raises what is due in `task`, unless `trap` is one that must not be interrupted.
bool Kernel::interruption_due(Task& task, const Trap& trap) noexcept {
    if (!trap.interruptible()) {
        return false;
    }
    if (task.cancellation) {
        task.raise(std::exchange(task.cancellation, nullptr));
        return true;
    }
    if (Deadline* expired = Deadline::outermost_due(task)) {
        task.raise(expired->deliver());
        return true;
    }
    task.interrupted = false;
    return false;
}

/// Ends a task: first nobody can reach it, then its frames go, then those who wait are told.
void Kernel::end(Task& task, ExitStatus status) {
    const Tid tid = task.tid();
    task.waiter().give_up();
    if (task.ready_slot != Task::not_queued) {
        ready_.remove(task);
    }
    task.set_state(Task::State::zombie);
    task.unwind();
    if (task.abandon_held() > 0) {
        log_.warning("task " + std::to_string(tid) + " (" + task.name() +
                     ") ended with a lock held: the lock is broken");
    }
    if (--user_tasks_ == 0) {
        poller_->submit();  // what it wrote last need not wait for another run
    }
    if (status.how == ExitStatus::How::threw) {
        log_.warning("task " + std::to_string(tid) + " (" + task.name() +
                     ") ended by an exception: " + status.what);
    }
    tell([&](Observer& observer) { observer.exited(task, status); });
    reap_children_of(tid);

    const bool parent_may_ask = task.parent() == kernel_tid || find_alive(task.parent()) != nullptr;
    if (task.joinable() && parent_may_ask) {
        zombies_.emplace(task.parent(), tid);
        task.exit()->status = std::move(status);
        task.exit()->waiters.wake_all();
        return;
    }
    if (task.has_exit()) {
        task.exit()->status = std::move(status);
        task.exit()->waiters.wake_all();
    }
    tasks_.erase(tid);
    delete &task;
}

/// How a task ended whose outermost frame is gone.
ExitStatus Kernel::status_of(Task& task) {
    const std::exception_ptr exception = task.take_exception();
    if (!exception) {
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

void Kernel::reap(Task& zombie) {
    const auto [first, last] = zombies_.equal_range(zombie.parent());
    zombies_.erase(
        std::find_if(first, last, [&](const auto& entry) { return entry.second == zombie.tid(); }));
    tasks_.erase(zombie.tid());
    delete &zombie;
}

void Kernel::reap_children_of(Tid parent) {
    while (!zombies_.empty()) {
        const auto child = zombies_.find(parent);
        if (child == zombies_.end()) {
            return;
        }
        reap(*tasks_.find(child->second));
    }
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
            kill(task, by);
        }
    });
}

}  // namespace yos
