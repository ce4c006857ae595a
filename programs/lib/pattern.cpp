#include "programs/lib/pattern.h"

#include <algorithm>

namespace yos::shell {
namespace {

/// Where the set that begins with the [ at `begin` ends, behind its ]; npos when it is no set.
std::size_t end_of_set(std::string_view pattern, std::size_t begin) {
    std::size_t at = begin + 1;
    if (at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^')) {
        ++at;
    }
    for (bool first = true; at < pattern.size(); ++at, first = false) {
        if (pattern[at] == ']' && !first) {
            return at + 1;
        }
        at += pattern[at] == '\\' ? 1 : 0;
    }
    return std::string_view::npos;
}

/// Is `c` in what stands between the brackets?
bool in_set(std::string_view set, char c) {
    const bool negated = set.front() == '!' || set.front() == '^';
    bool found = false;
    const auto take = [&](std::size_t& at) {
        at += set[at] == '\\' && at + 1 < set.size() ? 1 : 0;
        return static_cast<unsigned char>(set[at++]);
    };
    for (std::size_t at = negated ? 1 : 0; at < set.size();) {
        const unsigned char from = take(at);
        unsigned char to = from;
        if (at + 1 < set.size() && set[at] == '-') {
            ++at;
            to = take(at);
        }
        const auto byte = static_cast<unsigned char>(c);
        found = found || (from <= byte && byte <= to);
    }
    return found != negated;
}

/// Matches the one element of the pattern at `at`, which is no star, and moves behind it.
bool matches_one(std::string_view pattern, std::size_t& at, char c) {
    const std::size_t set_end =
        pattern[at] == '[' ? end_of_set(pattern, at) : std::string_view::npos;
    if (set_end != std::string_view::npos) {
        const std::string_view set = pattern.substr(at + 1, set_end - at - 2);
        at = set_end;
        return in_set(set, c);
    }
    if (pattern[at] == '?') {
        ++at;
        return true;
    }
    at += pattern[at] == '\\' && at + 1 < pattern.size() ? 1 : 0;
    return pattern[at++] == c;
}

}  // namespace

/// A star first stands for nothing; where the rest does not match, the last star takes one more.
bool matches(std::string_view pattern, std::string_view text) {
    std::size_t at = 0;
    std::size_t done = 0;
    std::size_t behind_star = std::string_view::npos;
    std::size_t star_took = 0;
    while (done < text.size() || at < pattern.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            behind_star = ++at;
            star_took = done;
        } else if (at < pattern.size() && done < text.size() &&
                   matches_one(pattern, at, text[done])) {
            ++done;
        } else if (behind_star != std::string_view::npos && star_took < text.size()) {
            at = behind_star;
            done = ++star_took;
        } else {
            return false;
        }
    }
    return true;
}

bool has_wildcards(std::string_view pattern) {
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const bool set = pattern[at] == '[' && end_of_set(pattern, at) != std::string_view::npos;
        if (pattern[at] == '*' || pattern[at] == '?' || set) {
            return true;
        }
        at += pattern[at] == '\\' ? 1 : 0;
    }
    return false;
}

std::string without_escapes(std::string_view pattern) {
    std::string text;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        at += pattern[at] == '\\' && at + 1 < pattern.size() ? 1 : 0;
        text += pattern[at];
    }
    return text;
}

std::string escaped(std::string_view text) {
    std::string pattern;
    for (const char c : text) {
        if (std::string_view("*?[]\\-!^").find(c) != std::string_view::npos) {
            pattern += '\\';
        }
        pattern += c;
    }
    return pattern;
}

}  // namespace yos::shell
