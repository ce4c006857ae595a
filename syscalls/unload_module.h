#pragma once

#include "kernel/module_users.h"
#include "kernel/system_call.h"

namespace yos {

/// Takes a module out of the kernel again. Never blocks. EBUSY: something of it is in use, and the
/// error's text says by whom. ENOENT: no module of this name is loaded. EPERM: it is the
/// executable.
class UnloadModule : public SystemCall<> {
public:
    explicit UnloadModule(std::string name) : name_(std::move(name)) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const auto users = [&](const LoadedModule& module) { return users_of(module, kernel); };
        kernel.modules().unload(name_, users, kernel.log());
        return complete();
    }

    void print_arguments(std::ostream& out) const override { print_value(out, name_); }

private:
    std::string name_;
};

}  // namespace yos
