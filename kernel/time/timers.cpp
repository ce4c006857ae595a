#include "kernel/time/timers.h"

#include "tasks/upcalls.h"

#include <algorithm>
#include <bit>

namespace yos {

void Alarm::set(Timers& timers, Waiter& sleeper, Time when) {
    ++sleeper.task().upcalls().waits;
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
    const std::optional<Position> position = first_occupied();
    if (!position) {
        return std::nullopt;
    }
    const bool single = &first_at(*position).next() == &ring_at(*position);
    return Time{Duration{single ? first_at(*position).when_ : start_of(*position)}};
}

std::size_t Timers::expire_passed_slots(std::uint64_t ticks) {
    std::size_t expired = 0;
    auto position = first_occupied();
    for (; position; position = first_occupied()) {
        if (start_of(*position) > ticks) {
            break;
        }
        now_ = start_of(*position);
        if (position->level == 0) {
            Timer& timer = first_at(*position);
            timer.unset();
            timer.expire();
            ++expired;
        } else {
            move_down(*position);
        }
    }
    none_before_ = position ? start_of(*position) : no_time;
    return expired;
}

/// By the highest digit, of `bits` bits, in which `when` differs from the wheel's time. It is the
/// same as long as the wheel has not come to that slot: the digits above are equal until then.
Timers::Position Timers::position_of(std::uint64_t when) const {
    const std::uint64_t differing = when ^ now_;
    const unsigned level =
        differing == 0 ? 0 : (static_cast<unsigned>(std::bit_width(differing)) - 1) / bits;
    return {level, static_cast<unsigned>(when >> (level * bits)) % (1U << bits)};
}

std::optional<Timers::Position> Timers::first_occupied() {
    for (unsigned number = 0; number < levels; ++number) {
        Level& level = levels_[number];
        for (; level.occupied != 0; level.occupied &= level.occupied - 1) {
            const auto slot = static_cast<unsigned>(std::countr_zero(level.occupied));
            if (!level.slots[slot].alone()) {
                return Position{number, slot};
            }
        }
    }
    return std::nullopt;
}

/// When the slot begins: the time of a timer in it, in the digits down to its level.
std::uint64_t Timers::start_of(Position position) {
    return first_at(position).when_ >> (position.level * bits) << (position.level * bits);
}

void Timers::insert(Timer& timer) noexcept {
    const Position position = position_of(timer.when_);
    timer.join_before(ring_at(position));
    none_before_ = std::min(none_before_, start_of(position));
    levels_[position.level].occupied |= std::uint64_t{1} << position.slot;
}

/// The wheel has come to this slot: its timers go to lower levels, in their order.
void Timers::move_down(Position position) noexcept {
    while (!ring_at(position).alone()) {
        insert(first_at(position));
    }
}

}  // namespace yos
