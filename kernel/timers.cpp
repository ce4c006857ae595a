#include "kernel/timers.h"

#include "tasks/scheduler.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace yos {

Timer::~Timer() {
    if (timers_ != nullptr) {
        timers_->remove(*this);
    }
}

void Alarm::set(Timers& timers, Task& sleeper, Time when) {
    sleeper_ = &sleeper;
    timers.set(*this, when);
}

void Alarm::expire() {
    sleeper_->scheduler().complete(*sleeper_);
}

void Timers::set(Timer& timer, Time when) {
    if (timer.timers_ != nullptr) {
        remove(timer);
    }
    const auto ticks = static_cast<std::uint64_t>(when.time_since_epoch().count());
    timer.when_ = std::max(ticks, now_);
    timer.timers_ = this;
    insert(timer);
    ++size_;
}

void Timers::remove(Timer& timer) noexcept {
    unlink(timer, place_of(timer.when_));
    timer.timers_ = nullptr;
    --size_;
}

std::optional<Time> Timers::next() const {
    if (empty()) {
        return std::nullopt;
    }
    const Place place = first_occupied();
    const Timer* const first = levels_[place.level].slots[place.slot];
    const bool alone = first->next_ == first;
    return Time{Duration{alone ? first->when_ : start_of(place)}};
}

void Timers::expire_until(Time now) {
    const auto ticks = static_cast<std::uint64_t>(now.time_since_epoch().count());
    while (!empty()) {
        const Place place = first_occupied();
        if (start_of(place) > ticks) {
            break;
        }
        now_ = start_of(place);
        if (place.level == 0) {
            expire_one(place);
        } else {
            move_down(place);
        }
    }
    now_ = std::max(now_, ticks);
}

/// By the highest digit, of `bits` bits, in which `when` differs from the wheel's time. It is the
/// same as long as the wheel has not come to that slot: the digits above are equal until then.
Timers::Place Timers::place_of(std::uint64_t when) const {
    const std::uint64_t differing = when ^ now_;
    const unsigned level =
        differing == 0 ? 0 : (static_cast<unsigned>(std::bit_width(differing)) - 1) / bits;
    return {level, static_cast<unsigned>(when >> (level * bits)) % (1U << bits)};
}

/// REQUIRES: not empty.
Timers::Place Timers::first_occupied() const {
    unsigned level = 0;
    while (levels_[level].occupied == 0) {
        ++level;
    }
    return {level, static_cast<unsigned>(std::countr_zero(levels_[level].occupied))};
}

/// When the slot begins: the time of a timer in it, in the digits down to its level.
std::uint64_t Timers::start_of(Place place) const {
    const std::uint64_t when = levels_[place.level].slots[place.slot]->when_;
    return when >> (place.level * bits) << (place.level * bits);
}

void Timers::insert(Timer& timer) noexcept {
    const Place place = place_of(timer.when_);
    Timer*& first = first_in(place);
    if (first == nullptr) {
        timer.previous_ = timer.next_ = first = &timer;
        levels_[place.level].occupied |= std::uint64_t{1} << place.slot;
    } else {
        timer.next_ = first;
        timer.previous_ = std::exchange(first->previous_, &timer);
        timer.previous_->next_ = &timer;
    }
}

void Timers::unlink(Timer& timer, Place place) noexcept {
    Timer*& first = first_in(place);
    if (timer.next_ == &timer) {
        first = nullptr;
        levels_[place.level].occupied &= ~(std::uint64_t{1} << place.slot);
    } else {
        timer.previous_->next_ = timer.next_;
        timer.next_->previous_ = timer.previous_;
        if (first == &timer) {
            first = timer.next_;
        }
    }
}

void Timers::expire_one(Place place) {
    Timer& timer = *first_in(place);
    remove(timer);
    timer.expire();
}

/// The wheel has come to this slot: its timers go to lower levels, in their order.
void Timers::move_down(Place place) noexcept {
    Timer* const first = std::exchange(first_in(place), nullptr);
    levels_[place.level].occupied &= ~(std::uint64_t{1} << place.slot);
    Timer* timer = first;
    do {
        Timer* const next = timer->next_;
        insert(*timer);
        timer = next;
    } while (timer != first);
}

}  // namespace yos
