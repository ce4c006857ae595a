#include "programs/lib/sort_order.h"

#include <algorithm>
#include <charconv>

namespace yos {
namespace {

bool is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
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
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

/// A number as it is written, without zeros that say nothing.
struct Written {
    explicit Written(std::string_view text) {
        text = without_blanks(text);
        negative = text.starts_with('-');
        text.remove_prefix(negative ? 1 : 0);
        whole = take_digits(text);
        whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
        if (text.starts_with('.')) {
            text.remove_prefix(1);
            fraction = take_digits(text);
            fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
        }
        constexpr std::string_view units = "KMGTPEZY";
        if (!text.empty() && !is_zero()) {
            unit = static_cast<int>(units.find(upper(text.front())) + 1);
        }
    }

    bool is_zero() const { return whole.empty() && fraction.empty(); }
    int sign() const { return is_zero() ? 0 : negative ? -1 : 1; }

    bool negative;
    std::string_view whole;
    std::string_view fraction;
    int unit = 0;  ///< 1 is K, 2 is M; 0 is none
};

int sign_of(int comparison) {
    return (comparison > 0) - (comparison < 0);
}

int compare_sizes(std::size_t a, std::size_t b) {
    return (a > b) - (a < b);
}

int compare_written(const Written& a, const Written& b) {
    if (a.sign() != b.sign()) {
        return a.sign() < b.sign() ? -1 : 1;
    }
    int bigger = compare_sizes(a.whole.size(), b.whole.size());
    if (bigger == 0) {
        bigger = sign_of(a.whole.compare(b.whole));
    }
    if (bigger == 0) {
        bigger = sign_of(a.fraction.compare(b.fraction));
    }
    return a.negative ? -bigger : bigger;
}

int compare_human(std::string_view a_text, std::string_view b_text) {
    const Written a(a_text);
    const Written b(b_text);
    if (a.sign() == b.sign() && a.unit != b.unit) {
        return (a.unit < b.unit) == a.negative ? 1 : -1;
    }
    return compare_written(a, b);
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
    const int order = flags.human     ? compare_human(a, b)
                      : flags.numeric ? compare_numbers(a, b)
                      : flags.fold    ? compare_folded(a, b)
                                      : a.compare(b);
    return flags.reverse ? -order : order;
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

int compare_numbers(std::string_view a, std::string_view b) {
    return compare_written(Written(a), Written(b));
}

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
