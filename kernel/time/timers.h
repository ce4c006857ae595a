#pragma once

// Points in time that something waits for, in a hierarchical timing wheel (Varghese and Lauck,
// 1987): level 0 has a slot for each of the nearest nanoseconds, and a slot of each level above
// spans all 64 of the level below. A timer goes into the lowest level at which its time and the
// wheel's differ; when the wheel comes to a slot, its timers move down. So setting and removing a
// timer cost the same however many there are, nothing is allocated, and no precision is lost.
//
// A timer lives in whoever waits for it and leaves the wheel when that one is destroyed.

#include "kernel/uapi/time.h"
#include "tasks/ring_link.h"
#include "tasks/task.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace yos {

class Timer : private RingLink {
public:
    /// Its time has come; it has left the wheel.
    virtual void expire() = 0;

    /// Takes it off the wheel, so that it does not expire. To destroy a timer does this, too.
    void unset() noexcept { leave(); }

protected:
    Timer() = default;
    ~Timer() = default;

private:
    friend class Timers;
    std::uint64_t when_ = 0;
};

class Timers;

/// A timer that completes the call in which a task is blocked.
class Alarm final : public Timer {
public:
    void set(Timers& timers, Waiter& sleeper, Time when);

    void expire() override;

private:
    Waiter* sleeper_ = nullptr;
};

class Timers {
public:
    /// Sets `timer` to expire at `when`. Timers for the same time expire in the order they were
    /// set.
    void set(Timer& timer, Time when);

    bool empty() { return !first_occupied(); }

    /// Counts them.
    std::size_t size() const;

    /// When to call expire_until: the time of the next timer, or some time before it; none when
    /// there is none.
    std::optional<Time> next();

    /// Expires all that are due at `now`, the earliest first. How many?
    std::size_t expire_until(Time now) {
        const auto ticks = static_cast<std::uint64_t>(now.time_since_epoch().count());
        const std::size_t expired = ticks < none_before_ ? 0 : expire_passed_slots(ticks);
        now_ = std::max(now_, ticks);
        return expired;
    }

private:
    static constexpr unsigned bits = 6;  // of a time, that choose a slot of a level
    static constexpr std::uint64_t no_time = std::numeric_limits<std::uint64_t>::max();
    static constexpr unsigned levels = 11;  // so that they cover the 64 bits of a time

    struct Level {
        std::uint64_t occupied = 0;  // a bit for each slot, clear only if it is empty
        std::array<RingLink, 1U << bits> slots{};
    };
    struct Position {
        unsigned level;
        unsigned slot;
    };

    Position position_of(std::uint64_t when) const;
    std::optional<Position> first_occupied();
    RingLink& ring_at(Position position) { return levels_[position.level].slots[position.slot]; }
    Timer& first_at(Position position) { return static_cast<Timer&>(ring_at(position).next()); }
    std::uint64_t start_of(Position position);
    std::size_t expire_passed_slots(std::uint64_t ticks);
    void insert(Timer& timer) noexcept;
    void move_down(Position position) noexcept;

    std::array<Level, levels> levels_;
    std::uint64_t now_ = 0;                // nothing is due before
    std::uint64_t none_before_ = no_time;  // no slot that is occupied begins before
};

}  // namespace yos
