#pragma once

#include "kernel/files/working_directory.h"
#include "kernel/system_call.h"

namespace yos {

/// Removes a file of the host, or an empty directory. It is below the kernel's root; of a symbolic
/// link, the link is removed. Blocks the whole kernel for as long as the host takes. ENOENT,
/// ENOTEMPTY, EACCES and the like: as the host says. (remove of C)
class Remove : public SystemCall<> {
public:
    explicit Remove(std::string path) : path_(std::move(path)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        kernel.world().tree->remove(path_of(self, path_));
        return complete();
    }

    void print_arguments(std::ostream& out) const override { print_value(out, path_); }

private:
    std::string path_;
};

}  // namespace yos
