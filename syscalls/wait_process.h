#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// How did a process of the host end? Evaluates to its status as a shell shows it: what it exited
/// with, or 128 and the number of the signal that killed it. Blocks until it has ended; woken by
/// the poller. EBADF: not open, or closed meanwhile. EINVAL: no process. (wait of Unix)
class WaitProcess : public SystemCall<int> {
public:
    explicit WaitProcess(Fd process) : process_(process) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const auto file = kernel.descriptors().find(process_);
        if (!file) {
            return fail(file.error());
        }
        const auto process = dynamic_cast<ProcessFile*>(&*file);
        if (process == nullptr) {
            return fail(std::errc::invalid_argument);
        }
        const std::optional<int> status = process->status();
        return status ? complete(*status) : block_on(self, file->readers);
    }

    void print_arguments(std::ostream& out) const override { out << process_; }

private:
    Fd process_;
};

}  // namespace yos
