#pragma once

#include "kernel/condition.h"
#include "kernel/mutex.h"
#include "kernel/system_call.h"

namespace yos {

/// Gives the mutex back and, in the same step, blocks until notified; returns without the mutex.
/// The half of wait_on that needs the kernel: `place`, empty at first, is the caller's place in
/// line, and outlasts this call. EPERM: the caller does not hold the mutex.
class AwaitNotification : public SystemCall<> {
public:
    explicit AwaitNotification(Condition& condition, Mutex& mutex, std::optional<Waiter>& place)
        : condition_(condition), mutex_(mutex), place_(place) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (place_) {
            return complete();
        }
        if (mutex_.owner() != &self) {
            return fail(std::errc::operation_not_permitted);
        }
        mutex_.give_back();
        condition_.waiters.join(place_.emplace(self));
        return Outcome::Kind::blocked;
    }

private:
    Condition& condition_;
    Mutex& mutex_;
    std::optional<Waiter>& place_;
};

}  // namespace yos
