#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Ends all tasks of a job, and of the jobs below it. Each is unwound as by KillTask. A job is
/// named by the tid of the task that leads it. Evaluates to how many there were. Never blocks.
/// EDEADLK: the caller is one of them, or in a group of one of them. (POSIX: kill with a process
/// group, SIGKILL)
class KillJob : public SystemCall<std::size_t> {
public:
    explicit KillJob(Tid job) : job_(job) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        return kernel.jobs().ends_with(job_, self) ? fail(std::errc::resource_deadlock_would_occur)
                                                   : complete(kernel.jobs().kill(job_, self));
    }

    void print_arguments(std::ostream& out) const override { out << job_; }

private:
    Tid job_;
};

}  // namespace yos
