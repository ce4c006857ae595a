#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/module.h"

namespace yos {

/// A module, which stays loaded as long as this is held.
struct ModuleInfo {
    std::string name;
    std::string file;  ///< absolute path
    ModuleUse module;
};

/// Lists all modules, the executable first. The others follow in the order they were loaded. Never
/// blocks, never fails.
class ListModules : public SystemCall<std::vector<ModuleInfo>> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        std::vector<ModuleInfo> infos;
        for (const auto& loaded : kernel.modules().all()) {
            infos.push_back({loaded->name, loaded->file, ModuleUse(loaded->module)});
        }
        return complete(std::move(infos));
    }
};

}  // namespace yos
