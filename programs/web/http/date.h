#pragma once

// Points in time as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT`.

#include "syscalls/wall_clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace yos::http {

std::string to_date(WallTime time);

/// The time that a date of HTTP tells; none when `text` is no such date. Takes the two older forms
/// as well, as RFC 9110 asks for.
std::optional<WallTime> parse_date(std::string_view text);

}  // namespace yos::http
