#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/descriptor.h"
#include "kernel/uapi/fd.h"

#include <fcntl.h>

namespace yos {

/// Opens a file below a directory that is open. No `..` in the path and no symbolic link leads out
/// of that directory, whatever is moved meanwhile: so a server can open what strangers ask for.
/// `flags` are those of open(2), without O_CREAT. Blocks the whole kernel for as long as the host
/// takes. EXDEV: it leads out, or begins with a `/`. EBADF: the directory is not open. ENOTDIR: it
/// is none. ENOSYS: the host has no openat2, which Linux has from 5.6. ENOENT, EACCES and the like:
/// as the host says. (openat2 of Linux)
class OpenBelow : public SystemCall<Descriptor> {
public:
    explicit OpenBelow(Fd directory, std::string path, int flags = O_RDONLY)
        : directory_(directory), path_(std::move(path)), flags_(flags) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const auto directory = kernel.descriptors().find(directory_);
        if (!directory) {
            return fail(directory.error());
        }
        return complete(kernel.descriptors().open(directory->open_below(path_, flags_)));
    }

    void print_arguments(std::ostream& out) const override {
        out << directory_ << ", ";
        print_value(out, path_);
    }

private:
    Fd directory_;
    std::string path_;
    int flags_;
};

}  // namespace yos
