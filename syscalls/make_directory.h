#pragma once

#include "kernel/system_call.h"

#include <cerrno>
#include <sys/stat.h>

namespace yos {

/// Makes a directory of the host. Blocks the whole kernel for as long as the host takes. EEXIST,
/// ENOENT, EACCES and the like: as the host says.
class MakeDirectory : public SystemCall<> {
public:
    explicit MakeDirectory(std::string path, unsigned mode = 0777)
        : path_(std::move(path)), mode_(mode) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        return ::mkdir(path_.c_str(), mode_) == 0 ? complete()
                                                  : fail(static_cast<std::errc>(errno));
    }

    void print_arguments(std::ostream& out) const override { print_value(out, path_); }

private:
    std::string path_;
    unsigned mode_;
};

}  // namespace yos
