#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Stops the tasks of a job. It is named by the tid of the task that leads it. They are not run
/// until it is continued; they keep their places in line, and what wakes them is not lost.
/// Evaluates to how many there are. Never blocks. Never fails. (POSIX: SIGTSTP)
class StopJob : public SystemCall<std::size_t> {
public:
    explicit StopJob(Tid job) : job_(job) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const std::size_t tasks = kernel.jobs().stop(job_);
        static_cast<void>(complete(tasks));
        return self.stopped() ? Outcome::Kind::yielded : Outcome::Kind::completed;
    }

    bool interruptible() const override { return false; }
    void print_arguments(std::ostream& out) const override { out << job_; }

private:
    Tid job_;
};

}  // namespace yos
