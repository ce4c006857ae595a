#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Makes a job the one that SIGINT goes to. Evaluates to the one before. A job is named by the tid
/// of the task that leads it. Never blocks, never fails. (POSIX: tcsetpgrp)
class SetForeground : public SystemCall<Tid> {
public:
    explicit SetForeground(Tid job) : job_(job) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const Tid before = kernel.foreground();
        kernel.set_foreground(job_);
        return complete(before);
    }

    void print_arguments(std::ostream& out) const override { out << job_; }

private:
    Tid job_;
};

}  // namespace yos
