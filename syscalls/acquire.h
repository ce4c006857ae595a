#pragma once

#include "kernel/sync/semaphore.h"
#include "kernel/system_call.h"

namespace yos {

/// Takes a permit of a semaphore. Blocks while none is free; woken by Release, first come, first
/// served. EIDRM: the semaphore was destroyed meanwhile.
class Acquire : public SystemCall<> {
public:
    explicit Acquire(Semaphore& semaphore) : semaphore_(semaphore) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (semaphore_.permits == 0 || semaphore_.waiters.others_ahead_of(self)) {
            return block_on(self, semaphore_.waiters);
        }
        --semaphore_.permits;
        return complete();
    }

private:
    Semaphore& semaphore_;
};

}  // namespace yos
