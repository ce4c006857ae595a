#pragma once

#include "kernel/files/working_directory.h"
#include "kernel/system_call.h"
#include "kernel/uapi/file_attributes.h"

#include <filesystem>

namespace yos {

/// Makes a directory the one in which relative paths begin. It is so for the caller, and for
/// the children that it starts from now on. A parent in the path is the directory before it as
/// written, also behind a symbolic link. Blocks the whole kernel for as long as the host takes.
/// ENOENT, ENOTDIR and the like: as the host says. (POSIX: chdir, and `cd -L`)
class ChangeDirectory : public SystemCall<> {
public:
    explicit ChangeDirectory(std::string path) : path_(std::move(path)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const std::filesystem::path start = kernel.world().tree->start();
        std::string path = (start / path_of(self, path_)).lexically_normal().string();
        if (path.size() > 1 && path.back() == '/') {
            path.pop_back();
        }
        if (path_.empty()) {
            return fail(std::errc::no_such_file_or_directory);
        }
        if (kernel.world().tree->attributes(path, true).kind != FileKind::directory) {
            return fail(std::errc::not_a_directory);
        }
        self.set_directory(std::make_shared<const std::string>(std::move(path)));
        return complete();
    }

    void print_arguments(std::ostream& out) const override { print_value(out, path_); }

private:
    std::string path_;
};

}  // namespace yos
