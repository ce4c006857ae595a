#pragma once

#include "kernel/files/working_directory.h"
#include "kernel/system_call.h"

namespace yos {

/// Makes a directory of the host, below the kernel's root. Blocks the whole kernel for as long
/// as the host takes. EEXIST, ENOENT, EACCES and the like: as the host says.
class MakeDirectory : public SystemCall<> {
public:
    explicit MakeDirectory(std::string path, unsigned mode = 0777)
        : path_(std::move(path)), mode_(mode) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        kernel.world().tree->make_directory(path_of(self, path_), mode_);
        return complete();
    }

    void print_arguments(std::ostream& out) const override { print_value(out, path_); }

private:
    std::string path_;
    unsigned mode_;
};

}  // namespace yos
