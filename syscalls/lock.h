#pragma once

#include "kernel/sync/mutex.h"
#include "kernel/system_call.h"

namespace yos {

/// Takes a mutex. Blocks while another task holds it; woken by Unlock, first come, first served.
/// EDEADLK: the caller holds it already. EOWNERDEAD: a task ended while it held it, and the mutex
/// is broken. EIDRM: the mutex was destroyed meanwhile.
class Lock : public SystemCall<> {
public:
    explicit Lock(Mutex& mutex) : mutex_(mutex) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (mutex_.broken()) {
            return fail(std::errc::owner_dead);
        }
        if (mutex_.owner() == &self) {
            return fail(std::errc::resource_deadlock_would_occur);
        }
        if (mutex_.owner() != nullptr || mutex_.waiters.others_ahead_of(self)) {
            return block_on(self, mutex_.waiters);
        }
        mutex_.lock(self);
        return complete();
    }

    std::optional<Tid> waits_for() const override {
        return mutex_.owner() != nullptr ? std::optional(mutex_.owner()->tid()) : std::nullopt;
    }

private:
    Mutex& mutex_;
};

}  // namespace yos
