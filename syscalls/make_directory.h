#pragma once

#include "kernel/system_call.h"

namespace yos {

<<<<<<< HEAD
/// Makes a directory of the host. Blocks the whole kernel for as long as the host takes. EEXIST,
/// ENOENT, EACCES and the like: as the host says.
=======
/// Makes a directory of the host, below the kernel's root. Blocks the kernel as long as the host
/// takes for it. EEXIST, ENOENT, EACCES and the like: as the host says.
>>>>>>> 1261593
class MakeDirectory : public SystemCall<> {
public:
    explicit MakeDirectory(std::string path, unsigned mode = 0777)
        : path_(std::move(path)), mode_(mode) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        kernel.host_tree().make_directory(path_, mode_);
        return complete();
    }

    void print_arguments(std::ostream& out) const override { print_value(out, path_); }

private:
    std::string path_;
    unsigned mode_;
};

}  // namespace yos
