#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Closes a descriptor. Those who wait for it get EBADF. Never blocks. EBADF: not open. A
/// Descriptor closes itself when it goes: this call is for closing earlier, and for the standard
/// streams.
class Close : public SystemCall<> {
public:
    explicit Close(Fd fd) : fd_(fd) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        return kernel.descriptors().close(fd_) ? complete() : fail(std::errc::bad_file_descriptor);
    }

    bool interruptible() const override { return false; }
    void print_arguments(std::ostream& out) const override { out << fd_; }

private:
    Fd fd_;
};

}  // namespace yos
