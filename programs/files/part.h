#pragma once

// A part of a file, counted in lines or bytes: what head and tail are asked for.

#include "programs/lib/line_blocks.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace yos {

/// How much of a file, as in `-n 5` or `-c +100`.
struct Part {
    std::uint64_t count = 10;
    bool of_bytes = false;
    char sign = '\0';  ///< + or -, if one was written: they mean something else to head and to tail

    /// False when `text` is no number.
    bool parse(std::string_view text) {
        const bool is_signed = text.starts_with('+') || text.starts_with('-');
        sign = is_signed ? text.front() : '\0';
        text.remove_prefix(is_signed ? 1 : 0);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        return error == std::errc{} && end == text.data() + text.size();
    }

    /// How many lines, or bytes, that makes. A last line without a newline is one.
    std::uint64_t measure(std::string_view text) const {
        const auto newlines = std::count(text.begin(), text.end(), '\n');
        const bool cut_short = !text.empty() && text.back() != '\n';
        return of_bytes ? text.size() : static_cast<std::uint64_t>(newlines) + (cut_short ? 1 : 0);
    }

    /// `text` without its first `n` lines, or bytes.
    std::string_view without(std::uint64_t n, std::string_view text) const {
        if (of_bytes) {
            return text.substr(std::min<std::uint64_t>(n, text.size()));
        }
        for (; n > 0 && !text.empty(); --n) {
            take_line(text);
        }
        return text;
    }
};

}  // namespace yos
