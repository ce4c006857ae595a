// Channels by bare coroutine handles.

#include "tests/peers/raw.h"

namespace raw {
namespace {

using benchmark::State;

/// A ring of values between one sender and one receiver.
template <std::size_t capacity>
class Channel {
public:
    bool full() const { return tail_ - head_ == capacity; }
    bool empty() const { return tail_ == head_; }

    struct Send {
        bool await_ready() { return !channel.full(); }
        void await_suspend(Handle self) { channel.sender_ = self; }
        void await_resume() {
            channel.values_[channel.tail_++ % capacity] = value;
            wake(channel.receiver_);
        }
        Channel& channel;
        long value;
    };

    struct Receive {
        bool await_ready() { return !channel.empty(); }
        void await_suspend(Handle self) { channel.receiver_ = self; }
        long await_resume() {
            wake(channel.sender_);
            return channel.values_[channel.head_++ % capacity];
        }
        Channel& channel;
    };

    Send send(long value) { return {*this, value}; }
    Receive receive() { return {*this}; }

private:
    static void wake(Handle& waiter) {
        if (waiter) {
            loop.push(std::exchange(waiter, nullptr));
        }
    }

    std::size_t head_ = 0;
    std::size_t tail_ = 0;
    Handle sender_;
    Handle receiver_;
    std::array<long, capacity> values_{};
};

Task ping(Channel<1>& there, Channel<1>& back, long times) {
    for (long i = 0; i < times; ++i) {
        co_await there.send(i);
        co_await back.receive();
    }
}

Task pong(Channel<1>& there, Channel<1>& back, long times) {
    for (long i = 0; i < times; ++i) {
        co_await back.send(co_await there.receive());
    }
}

void ping_pong(State& state) {
    constexpr long times = 500'000;
    Channel<1> there;
    Channel<1> back;
    measure(state, 2 * times, [&] {
        loop.push(ping(there, back, times).handle);
        loop.push(pong(there, back, times).handle);
    });
}
BENCHMARK(ping_pong)->Name("channel-ping-pong");

Task send(Channel<1'024>& channel, long messages) {
    for (long i = 0; i < messages; ++i) {
        co_await channel.send(i);
    }
}

Task receive(Channel<1'024>& channel, long messages) {
    for (long i = 0; i < messages; ++i) {
        benchmark::DoNotOptimize(co_await channel.receive());
    }
}

void buffered_channel(State& state) {
    constexpr long messages = 1'000'000;
    Channel<1'024> channel;
    measure(state, messages, [&] {
        loop.push(send(channel, messages).handle);
        loop.push(receive(channel, messages).handle);
    });
}
BENCHMARK(buffered_channel)->Name("channel-1024");

}  // namespace
}  // namespace raw
