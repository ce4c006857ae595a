#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Who started me? 0 is the kernel. The parent may have ended since. Never blocks, never fails.
class GetParent : public SystemCall<Tid> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& self) override { return complete(self.parent()); }
};

}  // namespace yos
