#include "kernel/time/clock.h"

#include <ctime>
#include <string_view>

namespace yos {

Time Clock::taped_now() const {
    return through(tape_, Door::now, [&] { return look(); });
}

WallTime Clock::wall_now() const {
    if (virtual_) {
        return WallTime{virtual_now_.time_since_epoch()};
    }
    return through(tape_, Door::wall, [] {
        return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    });
}

TimeZone Clock::zone_at(WallTime time) const {
    if (virtual_) {
        return {};
    }
    return through(tape_, Door::zone, [&] {
        const std::time_t seconds =
            std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
        std::tm here{};
        ::localtime_r(&seconds, &here);
        TimeZone zone{std::chrono::seconds(here.tm_gmtoff), {}, here.tm_isdst > 0};
        std::string_view(here.tm_zone).copy(zone.name.data(), zone.name.size() - 1);
        return zone;
    });
}

Duration Clock::processor_now() const {
    if (virtual_) {
        return Duration::zero();
    }
    return through(tape_, Door::processor, [] {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
    });
}

}  // namespace yos
