#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Waits until a job is stopped. Blocks until then; woken by StopJob, or by Ctrl-Z. Never
/// fails. (POSIX: waitpid with WUNTRACED)
class WaitStopped : public SystemCall<> {
public:
    explicit WaitStopped(Tid job) : job_(job) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        return kernel.jobs().is_stopped(job_) ? complete()
                                              : block_on(self, kernel.jobs().stop_waiters());
    }

    void print_arguments(std::ostream& out) const override { out << job_; }

private:
    Tid job_;
};

}  // namespace yos
