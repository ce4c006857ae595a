#pragma once

// What time of day it is somewhere.

#include "kernel/uapi/time.h"

#include <array>
#include <chrono>
#include <ctime>
#include <ostream>

namespace yos {

/// How far the time of day is from UTC, at some place and at some time.
struct TimeZone {
    std::chrono::seconds east{};               ///< to be added to UTC
    std::array<char, 15> name{'U', 'T', 'C'};  ///< as people abbreviate it, with a zero behind
    bool summer = false;                       ///< is it summer time?
};

inline std::ostream& operator<<(std::ostream& out, const TimeZone& zone) {
    return out << zone.name.data() << ", " << zone.east.count() << "s east";
}

/// A time in that zone as calendars have it, for strftime. It refers to the name of `zone`.
inline std::tm calendar_of(WallTime time, const TimeZone& zone) {
    const std::time_t seconds =
        (std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()) + zone.east).count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    parts.tm_gmtoff = zone.east.count();
    parts.tm_isdst = zone.summer ? 1 : 0;
    parts.tm_zone = zone.name.data();
    return parts;
}

}  // namespace yos
