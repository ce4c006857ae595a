#pragma once

#include "kernel/event.h"
#include "kernel/system_call.h"

namespace yos {

/// Blocks until the event has happened; woken by SetEvent, together with all who wait, even if the
/// event is cleared before they run.
class WaitEvent : public SystemCall<> {
public:
    explicit WaitEvent(Event& event) : event_(event), times_before_(event.times) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        const bool happened = event_.happened || event_.times != times_before_;
        return happened ? complete() : block_on(self, event_.waiters);
    }

private:
    Event& event_;
    std::uint64_t times_before_;
};

}  // namespace yos
