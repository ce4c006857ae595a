#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"
#include "kernel/uapi/terminal_size.h"

namespace yos {

/// How many rows and columns has a terminal now? None when the descriptor is no terminal. Never
/// blocks. EBADF: not open.
class GetTerminalSize : public SystemCall<std::optional<TerminalSize>> {
public:
    explicit GetTerminalSize(Fd fd) : fd_(fd) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const auto file = kernel.descriptors().find(fd_);
        return file ? complete(file->terminal_size()) : fail(file.error());
    }

    void print_arguments(std::ostream& out) const override { out << fd_; }

private:
    Fd fd_;
};

}  // namespace yos
