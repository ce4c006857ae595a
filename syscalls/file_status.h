#pragma once

#include "kernel/system_call.h"
#include "kernel/working_directory.h"

namespace yos {

/// What does the host know of a file below the kernel's root? Its kind, size, owner and so on;
/// of a symbolic link itself if told not to follow it. Blocks the whole kernel for as long as
/// the host takes. ENOENT, EACCES and the like: as the host says. (stat of Unix)
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
