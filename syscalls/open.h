#pragma once

#include "kernel/files/working_directory.h"
#include "kernel/system_call.h"
#include "kernel/uapi/descriptor.h"

#include <fcntl.h>

namespace yos {

/// Opens a file of the host, below the kernel's root. `flags` and `mode` are those of open(2).
/// Blocks the whole kernel for as long as the host takes. ENOENT, EACCES, EISDIR and the like:
/// as the host says.
class Open : public SystemCall<Descriptor> {
public:
    explicit Open(std::string path, int flags = O_RDONLY, unsigned mode = 0666)
        : path_(std::move(path)), flags_(flags), mode_(mode) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        return complete(kernel.descriptors().open(
            kernel.world().tree->open(path_of(self, path_), flags_, mode_)));
    }

    void print_arguments(std::ostream& out) const override { print_value(out, path_); }

private:
    std::string path_;
    int flags_;
    unsigned mode_;
};

}  // namespace yos
