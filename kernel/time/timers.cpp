#include "kernel/time/timers.h"

#include "tasks/scheduler.h"

#include <algorithm>
#include <bit>

namespace yos {

void Alarm::set(Timers& timers, Waiter& sleeper, Time when) {
    ++sleeper.task().scheduler().waits;
    sleeper_ = &sleeper;
    timers.set(*this, when);
}

void Alarm::expire() {
    sleeper_->complete();
}

void Timers::set(Timer& timer, Time when) {
    const auto ticks = static_cast<std::uint64_t>(when.time_since_epoch().count());
    timer.when_ = std::max(ticks, now_);
    insert(timer);
}

std::size_t Timers::size() const {
    std::size_t count = 0;
    for (const Level& level : levels_) {
        for (const RingLink& ring : level.slots) {
            for (const RingLink* link = &ring.next(); link != &ring; link = &link->next()) {
                ++count;
            }
        }
    }
    return count;
}

std::optional<Time> Timers::next() {
    const std::optional<Place> place = first_occupied();
    if (!place) {
        return std::nullopt;
    }
    const bool single = &first_at(*place).next() == &ring_at(*place);
    return Time{Duration{single ? first_at(*place).when_ : start_of(*place)}};
}

void Timers::expire_until(Time now) {
    const auto ticks = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (auto place = first_occupied(); place; place = first_occupied()) {
        if (start_of(*place) > ticks) {
            break;
        }
        now_ = start_of(*place);
        if (place->level == 0) {
            Timer& timer = first_at(*place);
            timer.unset();
            timer.expire();
        } else {
            move_down(*place);
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

std::optional<Timers::Place> Timers::first_occupied() {
    for (unsigned number = 0; number < levels; ++number) {
        Level& level = levels_[number];
        for (; level.occupied != 0; level.occupied &= level.occupied - 1) {
            const auto slot = static_cast<unsigned>(std::countr_zero(level.occupied));
            if (!level.slots[slot].alone()) {
                return Place{number, slot};
            }
        }
    }
    return std::nullopt;
}

/// When the slot begins: the time of a timer in it, in the digits down to its level.
std::uint64_t Timers::start_of(Place place) {
    return first_at(place).when_ >> (place.level * bits) << (place.level * bits);
}

void Timers::insert(Timer& timer) noexcept {
    const Place place = place_of(timer.when_);
    timer.join_before(ring_at(place));
    levels_[place.level].occupied |= std::uint64_t{1} << place.slot;
}

/// The wheel has come to this slot: its timers go to lower levels, in their order.
void Timers::move_down(Place place) noexcept {
    while (!ring_at(place).alone()) {
        insert(first_at(place));
    }
}

}  // namespace yos
