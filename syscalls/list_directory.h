#pragma once

#include "kernel/system_call.h"
#include "kernel/working_directory.h"

namespace yos {

/// Lists a directory of the host, below the kernel's root. By name, without `.` and `..`.
/// Blocks the whole kernel for as long as the host takes. ENOENT, ENOTDIR, EACCES and the like:
/// as the host says.
class ListDirectory : public SystemCall<std::vector<DirectoryEntry>> {
public:
    explicit ListDirectory(std::string path) : path_(std::move(path)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        return complete(kernel.host_tree().list(path_of(self, path_)));
    }

    void print_arguments(std::ostream& out) const override { print_value(out, path_); }

private:
    std::string path_;
};

}  // namespace yos
