#pragma once

#include "kernel/sync/channel.h"
#include "kernel/system_call.h"

namespace yos {

/// Says that nothing more will be sent through a channel. Receivers get what is left, then nothing;
/// senders that wait get EPIPE. Never blocks, never fails.
template <class T, class Items>
class CloseChannel : public SystemCall<> {
public:
    explicit CloseChannel(Channel<T, Items>& channel) : channel_(channel) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        channel_.closed = true;
        channel_.senders.wake_in_turn();
        channel_.receivers.wake_in_turn();
        return complete();
    }

    bool interruptible() const override { return false; }

private:
    Channel<T, Items>& channel_;
};

}  // namespace yos
