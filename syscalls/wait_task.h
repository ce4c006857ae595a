#pragma once

#include "kernel/system_call.h"

namespace yos {

/// How did a task end? Blocks until it has; several may wait, and are woken first come, first
/// served. No value, at once, when there is no such task. A parent that waits for its joinable
/// child takes the status with it. EDEADLK: oneself. (pyos6)
class WaitTask : public AnySystemCall {
public:
    using Result = std::optional<ExitStatus>;

    explicit WaitTask(Tid tid) : tid_(tid) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (tid_ == self.tid()) {
            return fail(std::errc::resource_deadlock_would_occur);
        }
        Task* const task = kernel.tasks().find(tid_);
        if (task == nullptr) {
            return Outcome::Kind::completed;
        }
        exit_ = task->exit();
        reaper_ = task->parent() == self.tid() ? &kernel : nullptr;
        if (!exit_->status) {
            return block_on(self, exit_->waiters);  // the task's end completes it
        }
        return Outcome::Kind::completed;
    }

    Result take_result() {
        if (reaper_ != nullptr && exit_->zombie != nullptr) {
            reaper_->reap(*exit_->zombie);
        }
        return result();
    }

    void print_arguments(std::ostream& out) const override { out << tid_; }
    void print_result(std::ostream& out) const override { print_value(out, result()); }
    std::optional<Tid> waits_for() const override { return tid_; }

private:
    Result result() const { return exit_ ? exit_->status : std::nullopt; }

    Tid tid_;
    Ref<ExitRecord> exit_;
    Kernel* reaper_ = nullptr;  // for a parent
};

}  // namespace yos
