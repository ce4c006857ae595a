#pragma once

#include "kernel/event.h"
#include "kernel/system_call.h"

namespace yos {

/// Blocks until the event has happened; woken by SetEvent, together with all who wait.
class WaitEvent : public SystemCall<> {
public:
    explicit WaitEvent(Event& event) : event_(event) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        const bool was_woken = self.waiter().waits_in(event_.waiters);
        return event_.happened || was_woken ? complete() : block_on(self, event_.waiters);
    }

private:
    Event& event_;
};

}  // namespace yos
