#pragma once

// A duration as people type it: 2 or 0.5 seconds.

#include "syscalls/now.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace yos {

/// None when it is not a number of seconds from 0 to 1e9.
inline std::optional<Duration> parse_seconds(std::string_view text) {
    constexpr double most = 1e9;
    double seconds = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, seconds);
    if (error != std::errc{} || stopped != end || !(seconds >= 0 && seconds <= most)) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace yos
