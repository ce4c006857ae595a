#pragma once

#include "kernel/system_call.h"

namespace yos {

/// How did a task end? Blocks until it has; several may wait, and are woken first come, first
/// served. No value, at once, when there is no such task. A parent that waits for its joinable
/// child takes the status with it. EDEADLK: oneself. (pyos6)
class WaitTask : public SystemCall<std::optional<ExitStatus>> {
public:
    explicit WaitTask(Tid tid) : tid_(tid) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (tid_ == self.tid()) {
            return fail(std::errc::resource_deadlock_would_occur);
        }
        Task* task = kernel.tasks().find(tid_);
        if (!exit_ && task != nullptr) {
            exit_ = task->exit();
        }
        if (!exit_) {
            return complete(std::nullopt);
        }
        if (!exit_->status) {
            return block_on(self, exit_->waiters);
        }
        if (task != nullptr && task->parent() == self.tid()) {
            kernel.reap(*task);
        }
        return complete(exit_->status);
    }

    void print_arguments(std::ostream& out) const override { out << tid_; }
    std::optional<Tid> waits_for() const override { return tid_; }

private:
    Tid tid_;
    Ref<ExitRecord> exit_;
};

}  // namespace yos
