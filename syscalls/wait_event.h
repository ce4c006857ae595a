#pragma once

#include "kernel/sync/event.h"
#include "kernel/system_call.h"

namespace yos {

/// Waits until an event has happened. Blocks until then; woken by SetEvent, together with all who
/// wait, even if the event is cleared before they run. EIDRM: the event was destroyed meanwhile.
class WaitEvent : public SystemCall<> {
public:
    explicit WaitEvent(Event& event) : event_(event) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        return event_.happened ? complete() : block_on(self, event_.waiters);
    }

private:
    Event& event_;
};

}  // namespace yos
