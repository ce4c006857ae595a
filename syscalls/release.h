#pragma once

#include "kernel/sync/semaphore.h"
#include "kernel/system_call.h"

namespace yos {

/// Gives a permit back to a semaphore. Any task may. Never blocks, never fails.
class Release : public SystemCall<> {
public:
    explicit Release(Semaphore& semaphore) : semaphore_(semaphore) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        ++semaphore_.permits;
        semaphore_.waiters.wake_one();
        return complete();
    }

    bool interruptible() const override { return false; }

private:
    Semaphore& semaphore_;
};

}  // namespace yos
