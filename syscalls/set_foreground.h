#pragma once

#include "kernel/system_call.h"

#include <csignal>

namespace yos {

/// Makes a job the one that SIGINT goes to. Evaluates to the one before. A job is named by the tid
/// of the task that leads it. Never blocks, never fails. (POSIX: tcsetpgrp)
class SetForeground : public SystemCall<Tid> {
public:
    explicit SetForeground(Tid job) : job_(job) {}

    /// SIGTSTP stops it, until it is continued by ContinueJob. REQUIRES: the caller waits for that
    /// with WaitStopped, or nobody learns of it.
    SetForeground&& may_stop() && {
        may_stop_ = true;
        return std::move(*this);
    }

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const Tid before = kernel.foreground();
        if (may_stop_) {
            kernel.signals().claim(SIGTSTP);
        }
        kernel.set_foreground(job_, may_stop_);
        return complete(before);
    }

    void print_arguments(std::ostream& out) const override { out << job_; }

private:
    Tid job_;
    bool may_stop_ = false;
};

}  // namespace yos
