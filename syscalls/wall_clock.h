#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/time.h"

namespace yos {

/// What time is it, for people? In UTC; a virtual world begins with 1970. It may be set back
/// and forth: what is to be measured, is measured by Now. Never blocks. Never fails.
class WallClock : public SystemCall<WallTime> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        return complete(kernel.clock().wall_now());
    }
};

}  // namespace yos
