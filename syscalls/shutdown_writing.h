#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Says that no more will be written to a connection. The peer reads the end of the file, and may
/// still answer. Never blocks. EBADF: not open. ENOTSOCK: no socket. Fails otherwise as the host
/// says.
class ShutdownWriting : public SystemCall<> {
public:
    explicit ShutdownWriting(Fd fd) : fd_(fd) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const auto file = kernel.descriptors().find(fd_);
        if (!file) {
            return fail(file.error());
        }
        const IoResult result = file->shutdown_writing();
        return result.ok() ? complete() : fail(result.error);
    }

    void print_arguments(std::ostream& out) const override { out << fd_; }

private:
    Fd fd_;
};

}  // namespace yos
