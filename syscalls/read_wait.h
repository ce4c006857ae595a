#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Waits until something can be read, or accepted at a listener. Blocks until Read would answer at
/// once, if only by failing; woken by the poller, or by whoever holds a pipe's other end, first
/// come, first served. EBADF: not open, or closed meanwhile. (pyos7)
class ReadWait : public SystemCall<> {
public:
    explicit ReadWait(Fd fd) : fd_(fd) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const auto file = kernel.descriptors().find(fd_);
        if (!file) {
            return fail(file.error());
        }
        const File::Turn turn = file->turn_of(self.job());
        if (!turn.may_read || turn.line.others_ahead_of(self) ||
            (!file->can_read() && file->ask_for_input())) {
            return block_on(self, turn.line);
        }
        return complete();
    }

    void print_arguments(std::ostream& out) const override { out << fd_; }

private:
    Fd fd_;
};

}  // namespace yos
