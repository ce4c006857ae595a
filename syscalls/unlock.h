#pragma once

#include "kernel/sync/mutex.h"
#include "kernel/system_call.h"

namespace yos {

/// Gives a mutex back. The first who waits for it is next. Never blocks. EPERM: the caller does not
/// hold it.
class Unlock : public SystemCall<> {
public:
    explicit Unlock(Mutex& mutex) : mutex_(mutex) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (mutex_.owner() != &self) {
            return fail(std::errc::operation_not_permitted);
        }
        mutex_.unlock();
        return complete();
    }

    bool interruptible() const override { return false; }

private:
    Mutex& mutex_;
};

}  // namespace yos
