#pragma once

// A queue of values between tasks, with a bound that makes fast senders wait; see Send, Receive and
// CloseChannel. With capacity 0 a sender waits until a receiver is there to take its value. What
// goes first is up to where the values are kept: Channel<int> gives out the oldest,
// Channel<int, Stack<int>> the youngest, Channel<int, PriorityQueue<int>> the smallest.

#include "kernel/sync/queue_orders.h"
#include "kernel/sync/ring.h"
#include "tasks/wait_queue.h"

#include <cstddef>

namespace yos {

template <class T, class Items = Ring<T>>
class Channel {
public:
    explicit Channel(std::size_t capacity) : capacity_(capacity) {}
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    bool has_room() const {
        return items.size() < capacity_ || (items.empty() && !receivers.empty());
    }

    Items items{};
    bool closed = false;  ///< nothing more will be sent; what is in it can still be received
    WaitQueue senders{};
    WaitQueue receivers{};

private:
    std::size_t capacity_;
};

}  // namespace yos
