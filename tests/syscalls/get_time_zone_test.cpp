#include "syscalls/get_time_zone.h"

#include "tests/lib/machine.h"

#include <cstdlib>
#include <ctime>

namespace yos {
namespace {

Coroutine<> ask(WallTime at, TimeZone& zone) {
    zone = co_yield GetTimeZone{at};
}

TimeZone zone_at(Machine& machine, WallTime at) {
    TimeZone zone;
    machine.run(ask(at, zone));
    return zone;
}

/// The host's time zone is another meanwhile.
class InZone {
public:
    explicit InZone(const char* name) {
        ::setenv("TZ", name, 1);
        ::tzset();
    }
    ~InZone() {
        ::unsetenv("TZ");
        ::tzset();
    }
};

constexpr WallTime january{std::chrono::seconds(1'704'067'200)};  // 2024-01-01 00:00
constexpr WallTime july{std::chrono::seconds(1'719'792'000)};     // 2024-07-01 00:00

std::string date_of(WallTime time, const TimeZone& zone) {
    const std::tm parts = calendar_of(time, zone);
    char text[64];
    std::strftime(text, sizeof text, "%F %T %Z", &parts);
    return text;
}

TEST_CASE("GetTimeZone tells the zone of the host, in summer and in winter", "[syscalls]") {
    const InZone zone("CET-1CEST,M3.5.0,M10.5.0/3");
    Kernel::Options options = Machine::on_host();
    options.virtual_time = false;
    Machine machine(options);
    const TimeZone winter = zone_at(machine, january);
    CHECK(winter.east == std::chrono::hours(1));
    CHECK_FALSE(winter.summer);
    CHECK(date_of(january, winter) == "2024-01-01 01:00:00 CET");
    const TimeZone summer = zone_at(machine, july);
    CHECK(summer.summer);
    CHECK(date_of(july, summer) == "2024-07-01 02:00:00 CEST");
}

TEST_CASE("in a virtual world it is UTC", "[syscalls]") {
    const InZone zone("CET-1CEST,M3.5.0,M10.5.0/3");
    Machine machine;
    CHECK(date_of(july, zone_at(machine, july)) == "2024-07-01 00:00:00 UTC");
}

}  // namespace
}  // namespace yos
