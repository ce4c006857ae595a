#include "programs/lib/print.h"
#include "programs/lib/program.h"

#include <charconv>
#include <cstdio>
#include <type_traits>

namespace yos {
namespace {

/// Prints by a format as often as there are arguments for it.
class Formatter {
public:
    Formatter(std::string_view format, std::vector<std::string> arguments)
        : format_(format), arguments_(std::move(arguments)) {}

    std::string run() {
        do {
            for (std::size_t at = 0; at < format_.size() && !stopped_;) {
                at = take(at);
            }
        } while (!stopped_ && next_ > 0 && next_ < arguments_.size());
        return std::move(out_);
    }

    /// What was wrong, a line each.
    const std::string& complaints() const { return complaints_; }

private:
    /// Takes what stands in the format at `at`; says where it goes on.
    std::size_t take(std::size_t at) {
        if (format_[at] == '\\') {
            return escape(format_, at);
        }
        if (format_[at] != '%') {
            out_ += format_[at];
            return at + 1;
        }
        if (format_.substr(at, 2) == "%%") {
            out_ += '%';
            return at + 2;
        }
        return convert(at);
    }

    std::size_t escape(std::string_view text, std::size_t at) {
        constexpr std::string_view letters = "abfnrtv\\\"'e";
        constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\\"'\033";
        if (at + 1 == text.size()) {
            out_ += '\\';
            return at + 1;
        }
        const std::size_t found = letters.find(text[at + 1]);
        if (found != std::string_view::npos) {
            out_ += meanings[found];
            return at + 2;
        }
        unsigned value = 0;
        const char* const digits = text.data() + at + 1;
        const auto [end, error] = std::from_chars(
            digits, digits + std::min<std::size_t>(3, text.size() - at - 1), value, 8);
        if (error != std::errc{}) {
            out_ += '\\';
            return at + 1;
        }
        out_ += static_cast<char>(value);
        return static_cast<std::size_t>(end - text.data());
    }

    /// %, flags, width and precision, and the letter that says what to make of the argument.
    std::size_t convert(std::size_t at) {
        const std::size_t letter = format_.find_first_not_of("-+ #0123456789.", at + 1);
        if (letter == std::string_view::npos ||
            std::string_view("sdiuoxXcbfFeEgGaA").find(format_[letter]) == std::string_view::npos) {
            complaints_ += "\"" + std::string(format_.substr(at)) + "\" is no conversion\n";
            stopped_ = true;
            return format_.size();
        }
        const std::string spec(format_.substr(at, letter - at));
        const std::string argument = next_ < arguments_.size() ? arguments_[next_] : "";
        ++next_;
        switch (format_[letter]) {
            case 's':
                append(spec + "s", argument.c_str());
                break;
            case 'c':
                append(spec + "s", argument.substr(0, 1).c_str());
                break;
            case 'b':
                for (std::size_t i = 0; i < argument.size();) {
                    if (argument[i] == '\\') {
                        i = escape(argument, i);
                    } else {
                        out_ += argument[i++];
                    }
                }
                break;
            case 'd':
            case 'i':
            case 'u':
            case 'o':
            case 'x':
            case 'X':
                append(spec + "ll" + format_[letter], number_of<long long>(argument));
                break;
            default:
                append(spec + "L" + format_[letter], number_of<long double>(argument));
        }
        return letter + 1;
    }

    template <class T>
    void append(const std::string& spec, T value) {
        // The format is one conversion, which was checked, with an argument of its type.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        const int size = std::snprintf(nullptr, 0, spec.c_str(), value);
        if (size > 0) {
            std::string text(static_cast<std::size_t>(size) + 1, '\0');
            std::snprintf(text.data(), text.size(), spec.c_str(), value);
            out_.append(text, 0, static_cast<std::size_t>(size));
        }
#pragma GCC diagnostic pop
    }

    template <class Number>
    Number number_of(const std::string& text) {
        if (text.size() > 1 && (text.front() == '\'' || text.front() == '"')) {
            return static_cast<unsigned char>(text[1]);
        }
        Number value = 0;
        const std::string_view digits =
            std::string_view(text).substr(text.starts_with('+') ? 1 : 0);
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (!text.empty() && (error != std::errc{} || end != digits.data() + digits.size())) {
            const char* const kind = std::is_integral_v<Number> ? "whole number" : "number";
            complaints_ += "\"" + text + "\" is no " + kind + "\n";
        }
        return value;
    }

    std::string_view format_;
    std::vector<std::string> arguments_;
    std::size_t next_ = 0;
    bool stopped_ = false;
    std::string out_;
    std::string complaints_;
};

Coroutine<int> print_formatted(Invocation invocation) {
    std::vector<std::string>& words = invocation.words;
    if (words.empty() || words.front() == "--help") {
        const bool asked = !words.empty();
        co_await print(asked ? invocation.out : invocation.err,
                       "usage: printf FORMAT [ARGUMENT...]\n"
                       "%s %d %u %x %o %f %e %g %c %b %%, flags and widths, \\n \\t and the like: "
                       "printf '%-5s %03d\\n' a 7\n");
        co_return asked ? 0 : 2;
    }
    const std::string format = words.front();
    words.erase(words.begin());
    Formatter formatter(format, std::move(words));
    co_await write_all(invocation.out, formatter.run());
    if (!formatter.complaints().empty()) {
        co_await print(invocation.err, "printf: {}", formatter.complaints());
        co_return 1;
    }
    co_return 0;
}

const Program program("printf", "print arguments by a format", print_formatted);

}  // namespace
}  // namespace yos
