#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Lodges for good. Blocks for ever; woken by nobody. Never fails.
class Lodge : public SystemCall<> {
public:
    explicit Lodge(WaitQueue& home) : home_(home) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override { return block_on(self, home_); }

private:
    WaitQueue& home_;
};

}  // namespace yos
