#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/get_time_zone.h"
#include "syscalls/wall_clock.h"

#include <charconv>
#include <ctime>

namespace yos {
namespace {

/// As strftime does, and %N for the nanoseconds.
std::string format(std::string pattern, WallTime time, const TimeZone& zone) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    for (auto at = pattern.find('%'); at != std::string::npos; at = pattern.find('%', at + 2)) {
        if (pattern.compare(at, 2, "%N") == 0) {
            pattern.replace(at, 2, fmt::format("{:09}", (time - whole).count()));
        }
    }
    const std::tm parts = calendar_of(time, zone);
    pattern += '\n';  // so that there is something to print in any case
    std::string text(pattern.size() * 8 + 256, '\0');
    text.resize(std::strftime(text.data(), text.size(), pattern.c_str(), &parts));
    return text;
}

Coroutine<int> date(Invocation invocation) {
    bool utc = false;
    std::string given;
    std::string pattern = "+%a %b %e %H:%M:%S %Z %Y";
    Options options(invocation);
    options.optional("+FORMAT", pattern, "how to print it, as in +%Y-%m-%d");
    options.flag("-u,--utc", utc, "in UTC, and not in local time");
    options.option("-d,--date", "@SECONDS", given, "this time, in seconds since 1970, and not now");
    options.example("date -u '+%F %T.%N'");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (!pattern.starts_with('+')) {
        co_return co_await options.refuse("the clock is read only: \"" + pattern +
                                          "\" does not begin with +");
    }
    WallTime time = co_yield WallClock{};
    if (!given.empty()) {
        std::int64_t seconds = 0;
        const char* const end = given.data() + given.size();
        const auto [stopped, error] = std::from_chars(given.data() + 1, end, seconds);
        constexpr std::int64_t most = 9'000'000'000;  // of what fits into WallTime
        if (given.front() != '@' || stopped != end || error != std::errc{} || seconds > most ||
            seconds < -most) {
            co_return co_await options.refuse("\"" + given + "\" is not @ and seconds since 1970");
        }
        time = WallTime{std::chrono::seconds(seconds)};
    }
    TimeZone zone;
    if (!utc) {
        zone = co_yield GetTimeZone{time};
    }
    co_await write_all(invocation.out, format(pattern.substr(1), time, zone));
    co_return 0;
}

const Program program("date", "print the date and the time of day", date);

}  // namespace
}  // namespace yos
