#pragma once

// Words of a request: their capitals do not matter where they are names, and some are numbers.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace yos::redis {

inline char to_lower(char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

struct SameWord {
    bool operator()(std::string_view a, std::string_view b) const {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
            return to_lower(x) == to_lower(y);
        });
    }
};

/// FNV-1a, of Fowler, Noll and Vo.
struct HashOfWord {
    std::size_t operator()(std::string_view word) const {
        std::uint64_t hash = 14'695'981'039'346'656'037U;
        for (const char c : word) {
            hash = (hash ^ static_cast<unsigned char>(to_lower(c))) * 1'099'511'628'211U;
        }
        return hash;
    }
};

inline bool is_word(std::string_view word, std::string_view name) {
    return SameWord()(word, name);
}

/// Only as it would be written: without a plus, a space, or zeros in front.
inline std::optional<std::int64_t> to_integer(std::string_view word) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    const std::string_view digits = word.starts_with('-') ? word.substr(1) : word;
    if (error != std::errc() || stop != word.data() + word.size() ||
        (digits.starts_with('0') && word != "0")) {
        return std::nullopt;
    }
    return number;
}

}  // namespace yos::redis
