#pragma once

#include "kernel/sync/channel.h"
#include "kernel/system_call.h"

namespace yos {

/// Takes the next value from a channel. None when the channel is closed and empty. Blocks while it
/// is empty; woken by senders, first come, first served. A caller that is killed, cancelled or
/// timed out has taken nothing. EIDRM: the channel was destroyed meanwhile.
template <class T, class Items>
class Receive : public SystemCall<std::optional<T>> {
public:
    explicit Receive(Channel<T, Items>& channel) : channel_(channel) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (channel_.closed && channel_.items.empty()) {
            return this->complete(std::nullopt);
        }
        if (channel_.items.empty() || channel_.receivers.others_ahead_of(self)) {
            const Outcome blocked = this->block_on(self, channel_.receivers);
            channel_.senders.wake_one();  // one who waits for somebody to take its value
            return blocked;
        }
        const Outcome received = this->complete(channel_.items.take_front());
        channel_.senders.wake_one();
        return received;
    }

private:
    Channel<T, Items>& channel_;
};

}  // namespace yos
