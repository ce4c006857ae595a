#include "programs/text/sort_order.h"

#include "programs/text/written_number.h"

#include <algorithm>
#include <charconv>

namespace yos {
namespace {

bool is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

char upper(char byte) {
    return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
}

std::string_view without_blanks(std::string_view text) {
    const auto begin = std::find_if_not(text.begin(), text.end(), is_blank);
    return text.substr(static_cast<std::size_t>(begin - text.begin()));
}

/// Takes the digits that `text` begins with.
std::string_view take_digits(std::string_view& text) {
    const std::string_view digits =
        text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
    text.remove_prefix(digits.size());
    return digits;
}

int compare_sizes(std::size_t a, std::size_t b) {
    return (a > b) - (a < b);
}

WrittenNumber number_in(const SortOrder::Flags& flags, std::string_view text) {
    return WrittenNumber(text,
                         flags.human ? WrittenNumber::Units::human : WrittenNumber::Units::none);
}

int compare_folded(std::string_view a, std::string_view b) {
    const auto [x, y] =
        std::mismatch(a.begin(), a.end(), b.begin(), b.end(), [](char left, char right) {
            return upper(left) == upper(right);
        });
    if (x == a.end() || y == b.end()) {
        return compare_sizes(a.size(), b.size());
    }
    return static_cast<unsigned char>(upper(*x)) < static_cast<unsigned char>(upper(*y)) ? -1 : 1;
}

int compare_by(const SortOrder::Flags& flags, std::string_view a, std::string_view b) {
    if (flags.skip_blanks) {
        a = without_blanks(a);
        b = without_blanks(b);
    }
    const bool numbers = flags.numeric || flags.human;
    const int order = numbers      ? number_in(flags, a).compare(number_in(flags, b))
                      : flags.fold ? compare_folded(a, b)
                                   : a.compare(b);
    return flags.reverse ? -order : order;
}

/// The first 8 bytes.
std::uint64_t rank_of_text(const SortOrder::Flags& flags, std::string_view text) {
    std::uint64_t rank = 0;
    for (std::size_t i = 0; i < sizeof rank; ++i) {
        const char byte = i < text.size() ? text[i] : '\0';
        rank = rank << 8U | static_cast<unsigned char>(flags.fold ? upper(byte) : byte);
    }
    return rank;
}

std::uint64_t rank_by(const SortOrder::Flags& flags, std::string_view text) {
    if (flags.skip_blanks) {
        text = without_blanks(text);
    }
    const bool number = flags.numeric || flags.human;
    const std::uint64_t rank = number ? number_in(flags, text).rank() : rank_of_text(flags, text);
    return flags.reverse ? ~rank : rank;
}

/// Takes the number that `text` begins with; false when there is none.
bool take_number(std::string_view& text, std::size_t& number) {
    const std::string_view digits = take_digits(text);
    return std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc{};
}

bool take_flags(std::string_view& text, SortOrder::Flags& flags) {
    for (; !text.empty() && text.front() != ','; text.remove_prefix(1)) {
        switch (text.front()) {
            case 'n':
                flags.numeric = true;
                break;
            case 'h':
                flags.human = true;
                break;
            case 'f':
                flags.fold = true;
                break;
            case 'b':
                flags.skip_blanks = true;
                break;
            case 'r':
                flags.reverse = true;
                break;
            default:
                return false;
        }
    }
    return true;
}

}  // namespace

bool SortOrder::add_key(std::string_view text) {
    Key key;
    const auto take_position = [&](Position& position) {
        if (!take_number(text, position.field) || position.field == 0) {
            return false;
        }
        if (text.starts_with('.')) {
            text.remove_prefix(1);
            return take_number(text, position.character);
        }
        return true;
    };
    if (!take_position(key.from) || key.from.character == 0 || !take_flags(text, key.flags)) {
        return false;
    }
    if (text.starts_with(',')) {
        text.remove_prefix(1);
        if (!take_position(key.to) || !take_flags(text, key.flags)) {
            return false;
        }
    }
    if (!key.flags.any()) {
        key.flags = flags_;
    }
    keys_.push_back(key);
    return text.empty();
}

int SortOrder::compare(std::string_view a, std::string_view b) const {
    if (keys_.empty()) {
        return compare_by(flags_, a, b);
    }
    for (const Key& key : keys_) {
        if (const int order = compare_by(key.flags, stretch(a, key), stretch(b, key)); order != 0) {
            return order;
        }
    }
    return 0;
}

std::uint64_t SortOrder::rank(std::string_view line) const {
    return keys_.empty() ? rank_by(flags_, line)
                         : rank_by(keys_.front().flags, stretch(line, keys_.front()));
}

std::string_view SortOrder::stretch(std::string_view line, const Key& key) const {
    const auto place = [&](const Position& position, std::size_t offset) {
        std::size_t begin = begin_of_field(line, position.field);
        while (key.flags.skip_blanks && begin < line.size() && is_blank(line[begin])) {
            ++begin;
        }
        return std::min(begin + offset, line.size());
    };
    const std::size_t from = place(key.from, key.from.character - 1);
    std::size_t to = line.size();
    if (key.to.field > 0) {
        to = key.to.character > 0 ? place(key.to, key.to.character)
                                  : end_of_field(line, begin_of_field(line, key.to.field));
    }
    return line.substr(from, std::max(from, to) - from);
}

std::size_t SortOrder::begin_of_field(std::string_view line, std::size_t field) const {
    std::size_t begin = 0;
    for (std::size_t i = 1; i < field && begin < line.size(); ++i) {
        begin = end_of_field(line, begin);
        if (separator_ != '\0' && begin < line.size()) {
            ++begin;
        }
    }
    return begin;
}

std::size_t SortOrder::end_of_field(std::string_view line, std::size_t begin) const {
    if (separator_ != '\0') {
        return std::min(line.find(separator_, begin), line.size());
    }
    while (begin < line.size() && is_blank(line[begin])) {
        ++begin;
    }
    while (begin < line.size() && !is_blank(line[begin])) {
        ++begin;
    }
    return begin;
}

}  // namespace yos
