#pragma once

#include "kernel/sync/barrier.h"
#include "kernel/system_call.h"

namespace yos {

/// Waits until as many tasks wait at a barrier as it is for. Then all go on, and it is closed again
/// for the next round. Evaluates to true for the last to come, of whom each round has one. Blocks
/// until then; woken by the last. One that is killed, cancelled or timed out does not count any
/// more. EIDRM: the barrier was destroyed meanwhile. (pthread_barrier_wait)
class WaitBarrier : public SystemCall<bool> {
public:
    explicit WaitBarrier(Barrier& barrier) : barrier_(barrier) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (barrier_.waiters.size() + 1 == barrier_.parties) {
            barrier_.waiters.complete_all();
            return complete(true);
        }
        complete(false);  // what it will be
        return block_on(self, barrier_.waiters);
    }

    void print_arguments(std::ostream& out) const override {
        out << barrier_.waiters.size() << " of " << barrier_.parties;
    }

private:
    Barrier& barrier_;
};

}  // namespace yos
