#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/time.h"

namespace yos {

/// What time is it, since the kernel booted? Never blocks, never fails.
class Now : public SystemCall<Time> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override { return complete(kernel.now()); }
};

}  // namespace yos
