#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Waits until something can be written. Blocks until Write would answer at once, if only by
/// failing; woken by the poller, or by whoever holds a pipe's other end, first come, first served.
/// EBADF: not open, or closed meanwhile. (pyos7)
class WriteWait : public SystemCall<> {
public:
    explicit WriteWait(Fd fd) : fd_(fd) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const auto file = kernel.descriptors().find(fd_);
        if (!file) {
            return fail(file.error());
        }
        if (file->writers.others_ahead_of(self) || (!file->can_write() && file->ask_for_room())) {
            return block_on(self, file->writers);
        }
        return complete();
    }

    void print_arguments(std::ostream& out) const override { out << fd_; }

private:
    Fd fd_;
};

}  // namespace yos
