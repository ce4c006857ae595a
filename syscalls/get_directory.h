#pragma once

#include "kernel/system_call.h"

namespace yos {

/// In which directory do the caller's relative paths begin? As a path from the root: what
/// ChangeDirectory made it, or the one it was started in. Never blocks. Never fails. (POSIX:
/// getcwd)
class GetDirectory : public SystemCall<std::string> {
public:
    Outcome handle(Kernel& kernel, Task& self) override {
        return complete(self.directory() != nullptr ? *self.directory()
                                                    : kernel.world().tree->start());
    }
};

}  // namespace yos
