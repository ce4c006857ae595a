#pragma once

#include "kernel/files/foreground.h"
#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Puts a job into the foreground of a terminal. It may read what is typed there, and SIGINT goes
/// to it. A job is named by the tid of the task that leads it. Evaluates to the job that was there
/// before. Never blocks. EBADF: not open. ENOTTY: no terminal. EBUSY: another kernel of this
/// process takes Ctrl-Z. (POSIX: tcsetpgrp)
class SetForeground : public SystemCall<Tid> {
public:
    explicit SetForeground(Fd terminal, Tid job) : terminal_(terminal), job_(job) {}

    /// SIGTSTP stops it, until it is continued by ContinueJob. Wait for that with WaitStopped, or
    /// nobody learns of it.
    SetForeground&& may_stop() && {
        may_stop_ = true;
        return std::move(*this);
    }

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const auto file = kernel.descriptors().find(terminal_);
        if (!file) {
            return fail(file.error());
        }
        const std::shared_ptr<Foreground> foreground = file->foreground();
        if (foreground == nullptr) {
            return fail(std::errc::inappropriate_io_control_operation);
        }
        const Tid before = foreground->job();
        foreground->give_to(job_, may_stop_);
        return complete(before);
    }

    void print_arguments(std::ostream& out) const override { out << terminal_ << ", " << job_; }

private:
    Fd terminal_;
    Tid job_;
    bool may_stop_ = false;
};

}  // namespace yos
