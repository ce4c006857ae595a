#pragma once

#include "kernel/system_call.h"

#include <system_error>

namespace yos {

/// Says that the caller is going to go past the kernel. It will use the host's clock, threads or
/// sockets by itself. Nothing is done, but where a run is to repeat itself, it is refused. Whoever
/// does such things on purpose asks first, and so shows where the tree does so. Never blocks.
/// EPERM: the world outside is simulated, or what comes from there is on a tape, and this would be
/// missing.
class BypassKernel : public SystemCall<> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        if (kernel.world().repeats()) {
            throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                                    "goes past the kernel, and this run is to repeat itself");
        }
        return complete();
    }
};

}  // namespace yos
