#pragma once

// A duration as people type it: 2 or 0.5 seconds, or 3m.

#include "syscalls/now.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace yos {

/// None when it is not a number of seconds from 0 to 1e9. `unit`: what it is a number of instead,
/// in seconds.
inline std::optional<Duration> parse_seconds(std::string_view text, double unit = 1) {
    constexpr double most = 1e9;
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    const double seconds = number * unit;
    if (error != std::errc{} || stopped != end || !(seconds >= 0 && seconds <= most)) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

/// Takes a number with a unit: 1s, 1.5m, 2h or 1d; without a unit they are seconds. None when it is
/// no such text, or not from 0 to 1e9 seconds.
inline std::optional<Duration> parse_duration(std::string_view text) {
    constexpr std::array<std::pair<char, double>, 4> units = {
        {{'s', 1}, {'m', 60}, {'h', 3'600}, {'d', 86'400}}};
    for (const auto& [letter, seconds] : units) {
        if (text.ends_with(letter)) {
            text.remove_suffix(1);
            return parse_seconds(text, seconds);
        }
    }
    return parse_seconds(text);
}

}  // namespace yos
