#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Lets the tasks of a stopped job go on. Evaluates to how many were stopped. Never blocks.
/// Never fails. (POSIX: SIGCONT)
class ContinueJob : public SystemCall<std::size_t> {
public:
    explicit ContinueJob(Tid job) : job_(job) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        return complete(kernel.jobs().go_on(job_));
    }

    bool interruptible() const override { return false; }
    void print_arguments(std::ostream& out) const override { out << job_; }

private:
    Tid job_;
};

}  // namespace yos
