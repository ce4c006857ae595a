#pragma once

// The kernel's time: nanoseconds since it booted. Real, or virtual: then it stands still while any
// task is ready (unless the oracle lets it pass) and jumps to the next timer when none is, so that
// a run of hours takes a moment and repeats exactly.

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

/// `time` + `duration`, or the end of time, or its beginning, where that would overflow.
inline Time saturating_add(Time time, Duration duration) {
    Duration::rep sum = 0;
    if (__builtin_add_overflow(time.time_since_epoch().count(), duration.count(), &sum)) {
        return duration < Duration::zero() ? Time::min() : Time::max();
    }
    return Time{Duration{sum}};
}

}  // namespace yos
