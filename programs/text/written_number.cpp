#include "programs/text/written_number.h"

#include <algorithm>

namespace yos {
namespace {

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/// Takes the digits that `text` begins with.
std::string_view take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

int sign_of(int comparison) {
    return (comparison > 0) - (comparison < 0);
}

template <class Size>
int compare_sizes(Size a, Size b) {
    return (a > b) - (a < b);
}

}  // namespace

WrittenNumber::WrittenNumber(std::string_view text, Units units) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    negative_ = text.starts_with('-');
    text.remove_prefix(negative_ ? 1 : 0);
    whole_ = take_digits(text);
    whole_.remove_prefix(std::min(whole_.find_first_not_of('0'), whole_.size()));
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction_ = take_digits(text);
        fraction_ = fraction_.substr(0, fraction_.find_last_not_of('0') + 1);
    }
    constexpr std::string_view letters = "KMGTPEZY";
    if (units == Units::human && !text.empty() && !is_zero()) {
        const char letter = text.front() == 'k' ? 'K' : text.front();
        unit_ = static_cast<unsigned>(letters.find(letter) + 1);  // 0 when it is none
    }
}

int WrittenNumber::compare(const WrittenNumber& other) const {
    if (sign() != other.sign()) {
        return compare_sizes(sign(), other.sign());
    }
    int bigger = compare_sizes(unit_, other.unit_);
    if (bigger == 0) {
        bigger = compare_sizes(whole_.size(), other.whole_.size());
    }
    if (bigger == 0) {
        bigger = sign_of(whole_.compare(other.whole_));
    }
    if (bigger == 0) {
        bigger = sign_of(fraction_.compare(other.fraction_));
    }
    return negative_ ? -bigger : bigger;
}

/// From the top: the sign, the unit (4 bits), how many digits there are before the point (5 bits),
/// the first 16 digits (54 bits).
std::uint64_t WrittenNumber::rank() const {
    constexpr std::size_t digits_ranked = 16;
    constexpr std::size_t most_digits = 31;
    constexpr std::uint64_t positive = std::uint64_t{1} << 63U;
    std::uint64_t digits = 0;
    for (std::size_t i = 0; i < digits_ranked; ++i) {
        const std::size_t behind = i - whole_.size();
        const char digit = i < whole_.size()           ? whole_[i]
                           : behind < fraction_.size() ? fraction_[behind]
                                                       : '0';
        digits = digits * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    const std::uint64_t count = std::min(whole_.size(), most_digits);
    digits = whole_.size() < most_digits ? digits : 0;  // where the count no longer tells
    const std::uint64_t size = std::uint64_t{unit_} << 59U | count << 54U | digits;
    return negative_ ? positive - size : positive + size;
}

}  // namespace yos
