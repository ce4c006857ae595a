#pragma once

// Numbers as they are written in text. They are compared digit by digit, so they may have any
// length, and nothing is rounded.

#include <cstdint>
#include <string_view>

namespace yos {

/// The number that a text begins with, behind blanks; 0 when it begins with none. Good as long as
/// the text is.
class WrittenNumber {
public:
    enum class Units {
        none,
        human,  ///< a K, M, G ... behind it, as ls -h has them: every K comes before every M
    };

    explicit WrittenNumber(std::string_view text, Units units = Units::none);

    /// Negative when this is less than `other`, positive when it is more.
    int compare(const WrittenNumber& other) const;

    /// What is less never has a greater rank: so that most comparisons are those of two integers.
    std::uint64_t rank() const;

private:
    bool is_zero() const { return whole_.empty() && fraction_.empty(); }
    int sign() const { return is_zero() ? 0 : negative_ ? -1 : 1; }

    bool negative_ = false;
    unsigned unit_ = 0;          // 1 is K, 2 is M; 0 is none
    std::string_view whole_;     // without leading zeros
    std::string_view fraction_;  // without trailing zeros
};

}  // namespace yos
