#pragma once

#include "kernel/system_call.h"

namespace yos {

/// The last messages of the kernel, oldest first. Never blocks, never fails. (Unix: dmesg)
class ReadLog : public SystemCall<std::vector<std::string>> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        return complete(kernel.log().recent());
    }
};

}  // namespace yos
