#include "syscalls/manual/tokens.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace yos::manual {
namespace {

bool is_space(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

bool is_of_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Scanner {
public:
    Scanner(std::string_view file, std::string_view text) : file_(file), rest_(text) {}

    std::vector<Token> scan() {
        while (!rest_.empty()) {
            step();
        }
        return std::move(tokens_);
    }

private:
    using Kind = Token::Kind;

    void step() {
        const char c = rest_.front();
        if (is_space(c)) {
            at_line_start_ = at_line_start_ || c == '\n';
            skip(1);
        } else if (c == '#' && at_line_start_) {
            skip(directive_length());
        } else if (rest_.starts_with("//")) {
            line_comment();
        } else if (rest_.starts_with("/*")) {
            skip(length_to("*/", 2, "this comment"));
        } else if (rest_.starts_with("R\"")) {
            take(Kind::literal, raw_string_length());
        } else if (c == '"' || c == '\'') {
            take(Kind::literal, quoted_length(c));
        } else if (is_of_word(c)) {
            take(Kind::word, word_length());
        } else {
            take(Kind::sign, sign_length());
        }
    }

    void skip(std::size_t length) {
        line_ += static_cast<unsigned>(
            std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(length), '\n'));
        rest_.remove_prefix(length);
        spaced_ = true;
    }

    void take(Kind kind, std::size_t length) {
        tokens_.push_back({kind, std::string(rest_.substr(0, length)), line_, spaced_});
        skip(length);
        spaced_ = false;
        at_line_start_ = false;
    }

    /// `///< ...` is about what stands before it, and `////` is a line for the eye.
    void line_comment() {
        const std::string_view line = rest_.substr(0, rest_.find('\n'));
        if (line.starts_with("///") && !line.starts_with("///<") && !line.starts_with("////")) {
            const std::size_t begin = line.substr(3).starts_with(' ') ? 4 : 3;
            const std::size_t end = std::max(line.find_last_not_of(" \t\r") + 1, begin);
            std::string text(line.substr(begin, end - begin));
            tokens_.push_back({Kind::comment, std::move(text), line_, true});
        }
        skip(line.size());
    }

    /// Up to the end of its line, or of the last that a backslash joins to it.
    std::size_t directive_length() const {
        std::size_t end = rest_.find('\n');
        while (end != std::string_view::npos && end > 0 && rest_[end - 1] == '\\') {
            end = rest_.find('\n', end + 1);
        }
        return std::min(end, rest_.size());
    }

    /// Up to and with `closing`, which is looked for from `from` on.
    std::size_t length_to(const std::string& closing, std::size_t from, const char* what) const {
        const std::size_t end = rest_.find(closing, from);
        if (end == std::string_view::npos) {
            throw HeaderError(file_, line_, std::string(what) + " has no end");
        }
        return end + closing.size();
    }

    std::size_t raw_string_length() const {
        const std::size_t opening = std::min(rest_.find('('), rest_.size());
        const std::string delimiter(rest_.substr(2, opening - 2));
        return length_to(")" + delimiter + "\"", opening, "this literal");
    }

    std::size_t quoted_length(char quote) const {
        for (std::size_t i = 1; i < rest_.size() && rest_[i] != '\n'; ++i) {
            if (rest_[i] == '\\') {
                ++i;
            } else if (rest_[i] == quote) {
                return i + 1;
            }
        }
        throw HeaderError(file_, line_, "this literal has no end");
    }

    /// The length of the word that comes next. A number is a word, too, with its points: 1'000.5.
    std::size_t word_length() const {
        const bool number = std::isdigit(static_cast<unsigned char>(rest_.front())) != 0;
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), [number](char c) {
            return is_of_word(c) || (number && (c == '.' || c == '\''));
        });
        return static_cast<std::size_t>(end - rest_.begin());
    }

    /// The length of the sign that comes next: two where the first character alone would pass for a
    /// bracket, or for the colon before a base.
    std::size_t sign_length() const {
        constexpr std::array<std::string_view, 4> pairs = {"::", "->", "<<", "<="};
        const bool pair = std::find(pairs.begin(), pairs.end(), rest_.substr(0, 2)) != pairs.end();
        return pair ? 2 : 1;
    }

    std::string_view file_;
    std::string_view rest_;
    std::vector<Token> tokens_;
    unsigned line_ = 1;
    bool spaced_ = false;
    bool at_line_start_ = true;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view file, std::string_view text) {
    return Scanner(file, text).scan();
}

}  // namespace yos::manual
