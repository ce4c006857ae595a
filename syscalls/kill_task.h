#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Ends a task. Its whole stack is unwound, innermost frame first, and whoever waits for it is told
/// that it was killed. False when there is no such task. Killing oneself is an exit, and so is
/// killing the owner of the group that one is in. Never blocks. EPERM: a task of the kernel.
/// (pyos5)
class KillTask : public SystemCall<bool> {
public:
    explicit KillTask(Tid tid) : tid_(tid) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        Task* victim = kernel.find_alive(tid_);
        if (victim == nullptr) {
            return complete(false);
        }
        if (victim->is_kernel()) {
            return fail(std::errc::operation_not_permitted);
        }
        if (victim == &self) {
            return kernel.exit(self, ExitStatus::killed(self.tid()));
        }
        if (kernel.goes_with(self, *victim)) {
            return kernel.exit(self, ExitStatus::killed(self.tid()), victim);
        }
        kernel.kill(*victim, self.tid());
        return complete(true);
    }

    void print_arguments(std::ostream& out) const override { out << tid_; }

private:
    Tid tid_;
};

}  // namespace yos
