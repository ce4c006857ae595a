#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Brings a shared object into the running kernel. It was built for this yos, by yos_add_module.
/// Evaluates to the module's name. Blocks the whole kernel for as long as the host takes. ENOEXEC:
/// it is no module, or was built for another yos or in another way. EEXIST: one of this name is
/// loaded. EPERM: the run is to repeat itself, and what is in a file may change. ENOENT, EACCES,
/// EISDIR and the like: as the host says. The error's text has the details.
class LoadModule : public SystemCall<std::string> {
public:
    explicit LoadModule(std::string file) : file_(std::move(file)) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        if (kernel.world().repeats()) {
            return fail(std::errc::operation_not_permitted);
        }
        return complete(kernel.modules().load(file_).name);
    }

    void print_arguments(std::ostream& out) const override { print_value(out, file_); }

private:
    std::string file_;
};

}  // namespace yos
