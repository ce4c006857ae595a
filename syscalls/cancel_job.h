#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Cancels all tasks of a job, and of the jobs below it. Each is thrown Cancelled, as by
/// CancelTask, and those that are stopped go on, to clean up. A job is named by the tid of the task
/// that leads it. Evaluates to how many there were. Never blocks. Never fails. (POSIX: kill with a
/// process group)
class CancelJob : public SystemCall<std::size_t> {
public:
    explicit CancelJob(Tid job, std::string why = "cancelled") : job_(job), why_(std::move(why)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        return complete(kernel.jobs().cancel(job_, self.tid(), why_));
    }

    void print_arguments(std::ostream& out) const override {
        out << job_ << ", ";
        print_value(out, why_);
    }

private:
    Tid job_;
    std::string why_;
};

}  // namespace yos
