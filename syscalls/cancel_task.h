#pragma once

#include "kernel/system_call.h"
#include "tasks/interruption.h"

namespace yos {

/// Throws Cancelled into a task. It comes out of the call in which the task is blocked, or out of
/// its next one: the task may clean up with further calls. A call that had completed keeps its
/// result. False when there is no such task. Never blocks. EPERM: a task of the kernel. (PEP 342:
/// throw)
class CancelTask : public SystemCall<bool> {
public:
    explicit CancelTask(Tid tid, std::string why = "cancelled") : tid_(tid), why_(std::move(why)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        Task* task = kernel.find_alive(tid_);
        if (task == nullptr) {
            return complete(false);
        }
        if (task->is_kernel()) {
            return fail(std::errc::operation_not_permitted);
        }
        if (task == &self) {
            throw Cancelled(self.tid(), why_);
        }
        kernel.cancel(*task, self.tid(), why_);
        return complete(true);
    }

    void print_arguments(std::ostream& out) const override {
        out << tid_ << ", ";
        print_value(out, why_);
    }

private:
    Tid tid_;
    std::string why_;
};

}  // namespace yos
