#include "programs/web/http/date.h"

#include <array>
#include <ctime>

namespace yos::http {

std::string to_date(WallTime time) {
    const std::time_t seconds =
        std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 64> text;
    return {text.data(),
            std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::optional<WallTime> parse_date(std::string_view text) {
    const std::string copy(text);
    for (const char* form :
         {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
        std::tm parts{};
        const char* const end = ::strptime(copy.c_str(), form, &parts);
        if (end != nullptr && *end == '\0') {
            return WallTime{std::chrono::seconds(::timegm(&parts))};
        }
    }
    return std::nullopt;
}

}  // namespace yos::http
