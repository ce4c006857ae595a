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
    const Decimal last = numbers.back();
    if (step.value == 0) {
        co_return co_await options.refuse("with a step of 0 it would never end");
    }
    const int decimals = std::max(first.decimals, step.decimals);
    const int scale = std::max(decimals, last.decimals);
    std::size_t width = 0;
    if (equal_width) {
        std::string text;
        append(text, first.with(decimals), decimals, 0);
        width = text.size();
        text.clear();
        const Decimal::Value end = last.with(scale) / Decimal{1, 0}.with(scale - decimals);
        append(text, end, decimals, 0);
        width = std::max(width, text.size());
    }
    const Decimal::Value by = step.with(decimals);
    const Decimal::Value to_scale = Decimal{1, 0}.with(scale - decimals);
    const Decimal::Value end = last.with(scale);
    std::string block;
    std::string_view between;
    for (Decimal::Value value = first.with(decimals);
         by > 0 ? value * to_scale <= end : value * to_scale >= end;
         value += by) {
        block += between;
        between = separator;
        append(block, value, decimals, width);
        if (block.size() > block_size - 64) {
            co_await write_all(invocation.out, std::exchange(block, {}));
        }
    }
    block += between.empty() && separator != "" && block.empty() ? "" : "\n";
    co_await write_all(invocation.out, std::move(block));
    co_return 0;
}

const Program program("seq", "print numbers, each a step from the one before", seq);

}  // namespace
}  // namespace yos
