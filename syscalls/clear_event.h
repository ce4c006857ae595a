#pragma once

#include "kernel/sync/event.h"
#include "kernel/system_call.h"

namespace yos {

/// Says that an event is still to happen, or has to happen again. Never blocks, never fails.
class ClearEvent : public SystemCall<> {
public:
    explicit ClearEvent(Event& event) : event_(event) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        event_.happened = false;
        return complete();
    }

    bool interruptible() const override { return false; }

private:
    Event& event_;
};

}  // namespace yos
