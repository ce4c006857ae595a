#include "programs/web/http/range.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace yos::http {
namespace {

/// A whole number; none when `text` is no such number, or one too large for any file.
std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stopped == end ? std::optional(number) : std::nullopt;
}

}  // namespace

Range parse_range(std::string_view value, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    const Range whole{Range::Kind::whole, 0, size};
    const auto dash = value.find('-');
    if (!value.starts_with(unit) || dash == std::string_view::npos) {
        return whole;
    }
    const std::string_view from = value.substr(unit.size(), dash - unit.size());
    const std::string_view to = value.substr(dash + 1);
    const auto first = parse_number(from);
    const auto last = parse_number(to);
    const bool is_suffix = from.empty() && last;  // the last so many bytes
    if (!is_suffix && (!first || (!to.empty() && !last) || (last && *last < *first))) {
        return whole;
    }
    if (is_suffix ? *last == 0 || size == 0 : *first >= size) {
        return {Range::Kind::beyond, 0, 0};
    }
    if (is_suffix) {
        const std::uint64_t wanted = std::min(*last, size);
        return {Range::Kind::part, size - wanted, wanted};
    }
    const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
    return {Range::Kind::part, *first, end - *first + 1};
}

}  // namespace yos::http
