#include "programs/lib/line_blocks.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace yos {
namespace {

/// A number as it was written: 12.50 is 1250, with 2 decimals. So nothing is ever rounded.
struct Decimal {
    __extension__ using Value = __int128;

    Value value = 0;
    int decimals = 0;

    Value with(int more_decimals) const {
        Value scaled = value;
        for (int i = decimals; i < more_decimals; ++i) {
            scaled *= 10;
        }
        return scaled;
    }
};

std::optional<Decimal> parse_decimal(std::string text) {
    constexpr std::size_t most_digits = 18;
    const auto point = text.find('.');
    const int decimals = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
    if (point != std::string::npos) {
        text.erase(point, 1);
    }
    const bool signed_plus = text.starts_with('+');
    std::int64_t value = 0;
    const char* const begin = text.data() + (signed_plus ? 1 : 0);
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(begin, end, value);
    if (error != std::errc{} || stopped != end || text.size() > most_digits + 1) {
        return std::nullopt;
    }
    return Decimal{value, decimals};
}

/// `value`, of which the last `decimals` digits come behind the point; zeros make it `width` wide.
void append(std::string& text, Decimal::Value value, int decimals, std::size_t width) {
    constexpr std::size_t room = 48;
    char digits[room];
    char* const end = digits + room;
    char* begin = end;
    const bool negative = value < 0;
    Decimal::Value rest = negative ? -value : value;
    for (; rest > INT64_MAX; rest /= 10) {  // division is slow, until it fits into a register
        *--begin = static_cast<char>('0' + static_cast<int>(rest % 10));
    }
    for (auto low = static_cast<std::uint64_t>(rest); low > 0 || end - begin <= decimals;
         low /= 10) {
        *--begin = static_cast<char>('0' + low % 10);
    }
    const std::size_t size =
        static_cast<std::size_t>(end - begin) + (negative ? 1 : 0) + (decimals > 0 ? 1 : 0);
    text.append(negative ? "-" : "");
    text.append(width > size ? width - size : 0, '0');
    text.append(begin, static_cast<std::size_t>(end - begin) - static_cast<std::size_t>(decimals));
    if (decimals > 0) {
        text += '.';
        text.append(end - decimals, static_cast<std::size_t>(decimals));
    }
}

/// A negative number is no option.
void end_options_at_number(std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool is_separator = i > 0 && words[i - 1] == "-s";
        if (!is_separator && parse_decimal(words[i])) {
            words.insert(words.begin() + static_cast<std::ptrdiff_t>(i), "--");
            return;
        }
    }
}

/// From `first` on, as long as `last` is not passed. All are whole numbers of the smallest unit
/// that one of them was written in.
class Progression {
public:
    Progression(const Decimal& first, const Decimal& step, const Decimal& last)
        : shown_(std::max(first.decimals, step.decimals)),
          hidden_(std::max(last.decimals - shown_, 0)),
          next_(first.with(shown_ + hidden_)),
          step_(step.with(shown_ + hidden_)),
          last_(last.with(shown_ + hidden_)) {}

    bool done() const { return step_ > 0 ? next_ > last_ : next_ < last_; }

    void make_equally_wide() { width_ = std::max(written(next_).size(), written(last_).size()); }

    void append_next(std::string& text) {
        append(text, next_ / Decimal{1, 0}.with(hidden_), shown_, width_);
        next_ += step_;
    }

private:
    std::string written(Decimal::Value value) const {
        std::string text;
        append(text, value / Decimal{1, 0}.with(hidden_), shown_, 0);
        return text;
    }

    int shown_;   // decimals
    int hidden_;  // more of them, that only the last has
    Decimal::Value next_;
    Decimal::Value step_;
    Decimal::Value last_;
    std::size_t width_ = 0;
};

Coroutine<> print_all(Fd out, Progression numbers, std::string separator) {
    constexpr std::size_t room = 64;  // for one number
    std::string block;
    while (!numbers.done()) {
        numbers.append_next(block);
        block += numbers.done() ? "\n" : separator;
        if (block.size() + room > block_size) {
            co_await write_all(out, std::exchange(block, {}));
        }
    }
    co_await write_all(out, std::move(block));
}

Coroutine<int> seq(Invocation invocation) {
    bool equal_width = false;
    std::string separator = "\n";
    std::vector<std::string> words;
    end_options_at_number(invocation.words);
    Options options(invocation);
    options.rest("[[FIRST] STEP] LAST", words, "from where (1), by how much (1), and where to");
    options.option("-s,--separator", "TEXT", separator, "what comes between them (a newline)");
    options.flag("-w,--equal-width", equal_width, "make them equally wide, with zeros");
    options.example("seq 10 -2 0");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (words.empty() || words.size() > 3) {
        co_return co_await options.refuse("one to three numbers are required");
    }
    std::vector<Decimal> numbers;
    for (const std::string& word : words) {
        const std::optional<Decimal> parsed = parse_decimal(word);
        if (!parsed) {
            co_return co_await options.refuse("\"" + word + "\" is not a number like 12 or -0.5");
        }
        numbers.push_back(*parsed);
    }
    const Decimal one{1, 0};
    const Decimal first = numbers.size() > 1 ? numbers.front() : one;
    const Decimal step = numbers.size() > 2 ? numbers[1] : one;
    if (step.value == 0) {
        co_return co_await options.refuse("with a step of 0 it would never end");
    }
    Progression progression(first, step, numbers.back());
    if (equal_width) {
        progression.make_equally_wide();
    }
    co_await print_all(invocation.out, progression, std::move(separator));
    co_return 0;
}

const Program program("seq", "print numbers, each a step from the one before", seq);

}  // namespace
}  // namespace yos
