#pragma once

// Points in time that something waits for, in a hierarchical timing wheel (Varghese and Lauck,
// 1987): level 0 has a slot for each of the nearest nanoseconds, and a slot of each level above
// spans all 64 of the level below. A timer goes into the lowest level at which its time and the
// wheel's differ; when the wheel comes to a slot, its timers move down. So setting and removing a
// timer cost the same however many there are, nothing is allocated, and no precision is lost.
//
// A timer lives in whoever waits for it and leaves the wheel when that one is destroyed.

#include "kernel/time.h"
#include "tasks/task.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace yos {

class Timers;

class Timer {
public:
    Timer() = default;
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Its time has come; it has left the wheel.
    virtual void expire() = 0;

protected:
    ~Timer();

private:
    friend class Timers;
    Timers* timers_ = nullptr;  ///< null when not set
    Timer* previous_ = nullptr;
    Timer* next_ = nullptr;
    std::uint64_t when_ = 0;
};

/// A timer that completes the call in which a task is blocked.
class Alarm final : public Timer {
public:
    void set(Timers& timers, Task& sleeper, Time when);

    void expire() override;

private:
    Task* sleeper_ = nullptr;
};

class Timers {
public:
    /// Sets `timer` to expire at `when`. Timers for the same time expire in the order they were
    /// set.
    void set(Timer& timer, Time when);

    void remove(Timer& timer) noexcept;

    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }

    /// When to call expire_until: the time of the next timer, or some time before it; none when
    /// there is none.
    std::optional<Time> next() const;

    /// Expires all that are due at `now`, the earliest first.
    void expire_until(Time now);

private:
    static constexpr unsigned bits = 6;     // of a time, that choose a slot of a level
    static constexpr unsigned levels = 11;  // so that they cover the 64 bits of a time

    struct Level {
        std::uint64_t occupied = 0;              // a bit for each slot that is not empty
        std::array<Timer*, 1U << bits> slots{};  // each the first of a ring
    };
    struct Place {
        unsigned level;
        unsigned slot;
    };

    Place place_of(std::uint64_t when) const;
    Place first_occupied() const;
    std::uint64_t start_of(Place place) const;
    Timer*& first_in(Place place) { return levels_[place.level].slots[place.slot]; }
    void insert(Timer& timer) noexcept;
    void unlink(Timer& timer, Place place) noexcept;
    void expire_one(Place place);
    void move_down(Place place) noexcept;

    std::array<Level, levels> levels_;
    std::uint64_t now_ = 0;  // nothing is due before
    std::size_t size_ = 0;
};

}  // namespace yos
