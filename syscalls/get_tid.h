#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Who am I? Never blocks, never fails. (pyos4)
class GetTid : public SystemCall<Tid> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& self) override { return complete(self.tid()); }
};

}  // namespace yos
