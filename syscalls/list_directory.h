#pragma once

#include "kernel/files/working_directory.h"
#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"
#include "kernel/uapi/file_attributes.h"

namespace yos {

/// Lists a directory of the host, below the kernel's root. By name, without `.` and `..`. Takes one
/// that is open, too. Blocks the whole kernel for as long as the host takes. EBADF: not open.
/// ENOTDIR: no directory. ENOENT, EACCES and the like: as the host says.
class ListDirectory : public SystemCall<std::vector<DirectoryEntry>> {
public:
    explicit ListDirectory(std::string path) : path_(std::move(path)) {}
    explicit ListDirectory(Fd open) : open_(open) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (!open_) {
            return complete(kernel.world().tree->list(path_of(self, path_)));
        }
        const auto directory = kernel.descriptors().find(*open_);
        return directory ? complete(directory->entries()) : fail(directory.error());
    }

    void print_arguments(std::ostream& out) const override {
        if (open_) {
            out << *open_;
        } else {
            print_value(out, path_);
        }
    }

private:
    std::string path_;
    std::optional<Fd> open_;
};

}  // namespace yos
