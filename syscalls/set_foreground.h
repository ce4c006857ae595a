#pragma once

#include "kernel/system_call.h"
#include "kernel/terminal/terminal.h"
#include "kernel/uapi/fd.h"

#include <csignal>

namespace yos {

/// Puts a job into the foreground of a terminal. It may read what is typed there, and SIGINT goes
/// to it. A job is named by the tid of the task that leads it. For a descriptor that is no terminal
/// of the kernel's own, of the terminal that the kernel was started from. Evaluates to the job that
/// was there before. Never blocks. EBADF: not open. (POSIX: tcsetpgrp)
class SetForeground : public SystemCall<Tid> {
public:
    explicit SetForeground(Fd terminal, Tid job) : terminal_(terminal), to_{.job = job} {}

    /// SIGTSTP stops it, until it is continued by ContinueJob. Wait for that with WaitStopped, or
    /// nobody learns of it.
    SetForeground&& may_stop() && {
        to_.may_stop = true;
        return std::move(*this);
    }

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        File* file = kernel.descriptors().find(terminal_);
        if (file == nullptr) {
            return fail(std::errc::bad_file_descriptor);
        }
        if (Terminal* terminal = file->terminal()) {
            const Tid before = terminal->foreground().job;
            terminal->set_foreground(to_);
            return complete(before);
        }
        const Tid before = kernel.foreground().job;
        if (to_.may_stop) {
            kernel.signals().claim(SIGTSTP);
        }
        kernel.set_foreground(to_);
        return complete(before);
    }

    void print_arguments(std::ostream& out) const override { out << terminal_ << ", " << to_.job; }

private:
    Fd terminal_;
    Foreground to_;
};

}  // namespace yos
