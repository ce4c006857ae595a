#include "programs/redis/request.h"

#include "programs/redis/limits.h"

#include <charconv>

namespace yos::redis {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

/// What stands for `\n`, `\r` and their like in double quotes.
char escaped(char c) {
    switch (c) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'b':
            return '\b';
        case 'a':
            return '\a';
        default:
            return c;
    }
}

/// Takes a word in quotes off the front of `text`, which begins behind the opening one. In double
/// quotes `\x1f` is a byte; in single ones only the quote can be escaped.
std::string take_quoted(std::string_view& text, char quote) {
    std::string word;
    while (!text.empty() && text.front() != quote) {
        std::size_t taken = 1;
        char c = text[0];
        if (c == '\\' && text.size() > 1 && (quote == '"' || text[1] == quote)) {
            unsigned char byte = 0;
            const bool hex = quote == '"' && text[1] == 'x' && text.size() >= 4 &&
                             std::from_chars(&text[2], &text[2] + 2, byte, 16).ptr == &text[2] + 2;
            c = hex ? static_cast<char>(byte) : quote == '"' ? escaped(text[1]) : text[1];
            taken = hex ? 4 : 2;
        }
        word += c;
        text.remove_prefix(taken);
    }
    if (text.empty() || (text.size() > 1 && !is_blank(text[1]))) {
        throw ProtocolError("unbalanced quotes in request");
    }
    text.remove_prefix(1);
    return word;
}

}  // namespace

bool RequestParser::parse(std::string_view bytes) {
    if (found_) {
        begin();
    }
    if (bytes.empty()) {
        return false;
    }
    found_ = bytes.front() == '*' ? parse_array(bytes) : parse_line(bytes);
    return found_;
}

void RequestParser::begin() {
    at_ = 0;
    found_ = false;
    missing_ = unknown;
    length_ = unknown;
    if (words_.size() > limits::words_kept) {
        words_ = {};
        pieces_ = {};
    }
    pieces_.clear();
    words_.clear();
}

bool RequestParser::parse_array(std::string_view bytes) {
    if (missing_ == unknown) {
        if (!parse_number(bytes, missing_, "multibulk")) {
            return false;
        }
        if (missing_ > limits::words) {
            throw ProtocolError("invalid multibulk length");
        }
    }
    while (missing_ > 0) {
        if (length_ == unknown) {
            if (at_ < bytes.size() && bytes[at_] != '$') {
                throw ProtocolError(std::string("expected '$', got '") + bytes[at_] + "'");
            }
            if (!parse_number(bytes, length_, "bulk")) {
                return false;
            }
            if (length_ < 0 || length_ > limits::word || at_ > limits::request) {
                throw ProtocolError("invalid bulk length");
            }
        }
        const auto length = static_cast<std::size_t>(length_);
        if (bytes.size() - at_ < length + 2) {
            return false;
        }
        pieces_.push_back({at_, length});
        at_ += length + 2;  // with the \r\n
        length_ = unknown;
        --missing_;
    }
    for (const Piece& piece : pieces_) {
        words_.push_back(bytes.substr(piece.begin, piece.size));
    }
    return true;
}

/// Reads a line such as `$12`, whose first character is known; false when it is not all there.
bool RequestParser::parse_number(std::string_view bytes, long& number, const char* name) {
    const std::string_view rest = bytes.substr(at_);
    const std::size_t end = rest.find('\r');
    if (end == std::string_view::npos || end + 1 == rest.size()) {
        if (rest.size() > limits::line) {
            throw ProtocolError(std::string("too big ") + (name[0] == 'm' ? "mbulk" : name) +
                                " count string");
        }
        return false;
    }
    const auto [stop, error] = std::from_chars(rest.data() + 1, rest.data() + end, number);
    if (error != std::errc() || stop != rest.data() + end) {
        throw ProtocolError(std::string("invalid ") + name + " length");
    }
    at_ += end + 2;
    return true;
}

bool RequestParser::parse_line(std::string_view bytes) {
    const std::size_t end = bytes.find('\n', at_);
    if (end == std::string_view::npos) {
        if (bytes.size() > limits::line) {
            throw ProtocolError("too big inline request");
        }
        at_ = bytes.size();
        return false;
    }
    at_ = end + 1;
    split_quoted(bytes.substr(0, end));
    return true;
}

void RequestParser::split_quoted(std::string_view line) {
    unquoted_.clear();
    for (;;) {
        while (!line.empty() && is_blank(line.front())) {
            line.remove_prefix(1);
        }
        if (line.empty()) {
            break;
        }
        std::string word;
        while (!line.empty() && !is_blank(line.front())) {
            const char c = line.front();
            line.remove_prefix(1);
            if (c == '"' || c == '\'') {
                word += take_quoted(line, c);
            } else {
                word += c;
            }
        }
        unquoted_.push_back(std::move(word));
    }
    words_.assign(unquoted_.begin(), unquoted_.end());
}

}  // namespace yos::redis
