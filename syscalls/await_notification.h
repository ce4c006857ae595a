#pragma once

#include "kernel/condition.h"
#include "kernel/mutex.h"
#include "kernel/system_call.h"

namespace yos {

/// Gives the mutex back and, in the same step, blocks until notified; returns without the mutex.
/// The half of wait_on that needs the kernel. EPERM: the caller does not hold the mutex.
class AwaitNotification : public SystemCall<> {
public:
    explicit AwaitNotification(Condition& condition, Mutex& mutex)
        : condition_(condition), mutex_(mutex) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (self.waiter().waits_in(condition_.waiters)) {
            return complete();
        }
        if (mutex_.owner() != &self) {
            return fail(std::errc::operation_not_permitted);
        }
        mutex_.give_back();
        return block_on(self, condition_.waiters);
    }

private:
    Condition& condition_;
    Mutex& mutex_;
};

}  // namespace yos
