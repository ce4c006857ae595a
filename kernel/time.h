#pragma once

// The kernel's time: nanoseconds since it booted. Real, or virtual: then it stands still while any
// task is ready and jumps to the next timer when none is, so that a run of hours takes a moment and
// repeats exactly.

#include <chrono>

namespace yos {

using Duration = std::chrono::nanoseconds;

/// The clock that Time belongs to; it is read by yielding Now.
struct KernelClock {
    using rep = Duration::rep;
    using period = Duration::period;
    using duration = Duration;
    using time_point = std::chrono::time_point<KernelClock>;
    static constexpr bool is_steady = true;
};

using Time = KernelClock::time_point;

/// The time of day, as people and files have it: UTC, without leap seconds.
using WallTime = std::chrono::sys_time<Duration>;

/// The end of time rather than an overflow.
inline Time saturating_add(Time time, Duration duration) {
    return duration > Time::max() - time ? Time::max() : time + duration;
}

class Clock {
public:
    explicit Clock(bool is_virtual) : virtual_(is_virtual) {}

    bool is_virtual() const { return virtual_; }

    Time now() const {
        return virtual_ ? virtual_now_ : Time{std::chrono::steady_clock::now() - boot_};
    }

    /// A virtual world begins with 1970.
    WallTime wall_now() const {
        return virtual_ ? WallTime{virtual_now_.time_since_epoch()}
                        : std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    }

    /// REQUIRES: virtual, and `when` not in the past.
    void jump_to(Time when) { virtual_now_ = when; }

private:
    std::chrono::steady_clock::time_point boot_ = std::chrono::steady_clock::now();
    Time virtual_now_{};
    bool virtual_;
};

}  // namespace yos
