#include "kernel/timers.h"

#include <algorithm>

namespace yos {

Timer::~Timer() {
    if (timers_ != nullptr) {
        timers_->remove(*this);
    }
}

void Timers::set(Timer& timer, Time when) {
    if (timer.timers_ != nullptr) {
        remove(timer);
    }
    heap_.push_back({});
    timer.timers_ = this;
    sift_up(heap_.size() - 1, {when, order_++, &timer});
}

void Timers::remove(Timer& timer) noexcept {
    timer.timers_ = nullptr;
    const std::size_t hole = timer.slot_;
    const Entry last = heap_.back();
    heap_.pop_back();
    if (hole == heap_.size()) {
        return;
    }
    if (hole > 0 && last.before(heap_[(hole - 1) / arity])) {
        sift_up(hole, last);
    } else {
        sift_down(hole, last);
    }
}

std::optional<Time> Timers::next() const {
    return heap_.empty() ? std::nullopt : std::optional(heap_.front().when);
}

void Timers::expire_until(Time now) {
    while (!heap_.empty() && heap_.front().when <= now) {
        Timer& timer = *heap_.front().timer;
        remove(timer);
        timer.expire();
    }
}

void Timers::place(std::size_t slot, const Entry& entry) {
    heap_[slot] = entry;
    entry.timer->slot_ = slot;
}

void Timers::sift_up(std::size_t slot, Entry entry) {
    while (slot > 0) {
        const std::size_t parent = (slot - 1) / arity;
        if (!entry.before(heap_[parent])) {
            break;
        }
        place(slot, heap_[parent]);
        slot = parent;
    }
    place(slot, entry);
}

void Timers::sift_down(std::size_t slot, Entry entry) {
    for (;;) {
        const std::size_t first = slot * arity + 1;
        const std::size_t end = std::min(first + arity, heap_.size());
        std::size_t least = first;
        for (std::size_t child = first + 1; child < end; ++child) {
            if (heap_[child].before(heap_[least])) {
                least = child;
            }
        }
        if (first >= end || !heap_[least].before(entry)) {
            break;
        }
        place(slot, heap_[least]);
        slot = least;
    }
    place(slot, entry);
}

}  // namespace yos
