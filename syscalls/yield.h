#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Lets the others run. The caller goes to the end of the ready queue. Never blocks, never fails.
/// (pyos2, a bare yield)
class Yield : public SystemCall<> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return Outcome::Kind::yielded; }
};

}  // namespace yos
