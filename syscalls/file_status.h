#pragma once

#include "kernel/system_call.h"
#include "kernel/working_directory.h"

namespace yos {

/// What the host knows of a file below the kernel's root (stat of Unix): its kind, size, owner and
/// so on; of a symbolic link itself if told not to follow it. Blocks the kernel as long as the host
/// takes for it. ENOENT, EACCES and the like: as the host says.
class FileStatus : public SystemCall<FileAttributes> {
public:
    enum class Links { follow, look_at };

    explicit FileStatus(std::string path, Links links = Links::follow)
        : path_(std::move(path)), links_(links) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        return complete(
            kernel.host_tree().attributes(path_of(self, path_), links_ == Links::follow));
    }

    void print_arguments(std::ostream& out) const override { print_value(out, path_); }

private:
    std::string path_;
    Links links_;
};

}  // namespace yos
