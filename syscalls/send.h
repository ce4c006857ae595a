#pragma once

#include "kernel/sync/channel.h"
#include "kernel/system_call.h"

namespace yos {

/// Puts a value into a channel. Blocks while the channel is full; woken by receivers, first come,
/// first served. A caller that is killed, cancelled or timed out has put nothing. EPIPE: the
/// channel is closed. EIDRM: it was destroyed meanwhile.
template <class T, class Items>
class Send : public SystemCall<> {
public:
    explicit Send(Channel<T, Items>& channel, std::type_identity_t<T> value)
        : channel_(channel), value_(std::move(value)) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (channel_.closed) {
            return fail(std::errc::broken_pipe);
        }
        if (channel_.senders.others_ahead_of(self) || !channel_.has_room()) {
            return block_on(self, channel_.senders);
        }
        channel_.items.emplace_back(std::move(value_));
        channel_.receivers.wake_one();
        return complete();
    }

    void print_arguments(std::ostream& out) const override { print_value(out, value_); }

private:
    Channel<T, Items>& channel_;
    T value_;
};

}  // namespace yos
