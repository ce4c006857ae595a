#pragma once

#include "kernel/sync/event.h"
#include "kernel/system_call.h"

namespace yos {

/// Says that an event has happened. All who wait for it go on. Never blocks, never fails.
class SetEvent : public SystemCall<> {
public:
    explicit SetEvent(Event& event) : event_(event) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        event_.happened = true;
        event_.waiters.complete_all();
        return complete();
    }

    bool interruptible() const override { return false; }

private:
    Event& event_;
};

}  // namespace yos
