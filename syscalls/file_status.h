#pragma once

#include "kernel/files/working_directory.h"
#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"
#include "kernel/uapi/file_attributes.h"

namespace yos {

/// What does the host know of a file below the kernel's root? Its kind, size, owner and so on. The
/// file is named by its path, or by a descriptor that is open. Of a path that ends in a symbolic
/// link, it tells of what the link leads to, or, with Links::look_at, of the link itself. Blocks
/// the whole kernel for as long as the host takes. EBADF: not open. EINVAL: open, but no file of
/// the host. ENOENT, EACCES and the like: as the host says. (stat and fstat of Unix)
class FileStatus : public SystemCall<FileAttributes> {
public:
    enum class Links { follow, look_at };

    explicit FileStatus(std::string path, Links links = Links::follow)
        : path_(std::move(path)), links_(links) {}
    explicit FileStatus(Fd open) : open_(open) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (!open_) {
            return complete(
                kernel.world().tree->attributes(path_of(self, path_), links_ == Links::follow));
        }
        const auto file = kernel.descriptors().find(*open_);
        return file ? complete(file->attributes()) : fail(file.error());
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
    Links links_ = Links::follow;
    std::optional<Fd> open_;
};

}  // namespace yos
