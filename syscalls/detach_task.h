#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Says that nobody will wait for a joinable child. Its status goes with it when it ends; of one
/// that has ended, now. False when there is no such task. Never blocks. ECHILD: the task is not a
/// child of the caller. (POSIX: pthread_detach)
class DetachTask : public SystemCall<bool> {
public:
    explicit DetachTask(Tid tid) : tid_(tid) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        Task* const task = kernel.tasks().find(tid_);
        if (task == nullptr) {
            return complete(false);
        }
        if (task->parent() != self.tid()) {
            return fail(std::errc::no_child_process);
        }
        task->detach();
        if (task->state() == Task::State::zombie) {
            kernel.reap(*task);
        }
        return complete(true);
    }

    void print_arguments(std::ostream& out) const override { out << tid_; }

private:
    Tid tid_;
};

}  // namespace yos
