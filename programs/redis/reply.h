#pragma once

// What Redis clients are answered, in RESP: one line with a first character that tells its kind, or
// a string with its length.

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace yos::redis {

class Reply {
public:
    /// Appends to `out`.
    explicit Reply(std::string& out) : out_(out) {}

    void status(std::string_view text) { line('+', text); }

    /// Begins with a word in capitals for the client's program, as in `ERR syntax error`.
    void error(std::string_view text) {
        const std::size_t begin = out_.size() + 1;
        line('-', text);
        for (std::size_t i = begin; i + 2 < out_.size(); ++i) {
            if (out_[i] == '\r' || out_[i] == '\n') {
                out_[i] = ' ';  // which would end it
            }
        }
    }

    void integer(std::int64_t number) { count(':', number); }

    void string(std::string_view bytes) {
        count('$', static_cast<std::int64_t>(bytes.size()));
        out_ += bytes;
        out_ += "\r\n";
    }

    void none() { out_ += "$-1\r\n"; }

    /// Begins an array: its `size` elements are to be added next.
    void array(std::size_t size) { count('*', static_cast<std::int64_t>(size)); }

private:
    void line(char kind, std::string_view text) {
        out_ += kind;
        out_ += text;
        out_ += "\r\n";
    }

    void count(char kind, std::int64_t number) {
        std::array<char, 24> text;
        text[0] = kind;
        char* end = std::to_chars(text.data() + 1, text.data() + text.size() - 2, number).ptr;
        *end++ = '\r';
        *end++ = '\n';
        out_.append(text.data(), end);
    }

    std::string& out_;
};

}  // namespace yos::redis
