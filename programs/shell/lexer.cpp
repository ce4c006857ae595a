#include "programs/shell/lexer.h"

#include <algorithm>
#include <array>

namespace yos::shell {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view digits = "0123456789";

// The longest first.
constexpr std::array<std::string_view, 17> operators = {
    "<<-", "<<", "<&", "<>", ">>", ">&", ">|", "&&", "||", ";;", "<", ">", "&", "|", ";", "(", ")"};

}  // namespace

std::string Lexer::located(std::size_t at, const std::string& what) const {
    const std::size_t column = at - (script_.substr(0, at).rfind('\n') + 1) + 1;
    const std::size_t line = line_at(at);
    const bool tells_line = first_line_ > 0 || line > 1;
    const std::string of_line = tells_line ? "line " + std::to_string(line) + ", " : "";
    return of_line + "column " + std::to_string(column) + ": " + what;
}

std::size_t Lexer::line_at(std::size_t at) const {
    const std::string_view before = script_.substr(0, at);
    const auto newlines = std::count(before.begin(), before.end(), '\n');
    return std::max<std::size_t>(first_line_, 1) + static_cast<std::size_t>(newlines);
}

void Lexer::refuse(std::size_t at, const std::string& what) const {
    throw SyntaxError(located(at, what));
}

void Lexer::unfinished(std::size_t at, const std::string& what, std::string awaits) const {
    throw Unfinished(located(at, what), std::move(awaits));
}

Lexer::Nesting::Nesting(Lexer& lexer, std::size_t at) : lexer_(lexer) {
    if (lexer.depth_ >= max_nesting) {
        lexer.refuse(at, "nested more than " + std::to_string(max_nesting) + " deep");
    }
    ++lexer.depth_;
}

Token Lexer::next() {
    skip_blanks();
    const std::size_t begin = at_;
    Token token;
    if (at_end()) {
        if (!here_documents_.empty()) {
            read_newline();
        }
        token.kind = Token::Kind::end;
    } else if (here() == '\n') {
        token = read_newline();
    } else if (at_any("<>&|;()")) {
        token = read_operator();
    } else {
        token = read_word();
    }
    token.begin = begin;
    token.end = std::max(begin, token.kind == Token::Kind::newline ? begin + 1 : at_);
    if (token.kind != Token::Kind::word) {
        return token;
    }
    token.text = script_.substr(begin, at_ - begin);
    const bool number = token.text.find_first_not_of(digits) == std::string::npos;
    if (number && token.text.size() < 4 && at_any("<>")) {
        Token redirection = read_operator();
        redirection.descriptor = std::stoi(token.text);
        redirection.begin = begin;
        redirection.end = at_;
        return redirection;
    }
    return token;
}

/// Blanks, comments, and lines that a \ joins.
void Lexer::skip_blanks() {
    while (!at_end()) {
        if (at_any(blanks)) {
            ++at_;
        } else if (here() == '#') {
            at_ = std::min(script_.find('\n', at_), script_.size());
        } else if (script_.substr(at_, 2) == "\\\n") {
            at_ += 2;
            if (at_end()) {
                unfinished(at_ - 2, "a \\ at the end of the input joins nothing", "");
            }
        } else {
            return;
        }
    }
}

Token Lexer::read_operator() {
    for (const std::string_view op : operators) {
        if (script_.substr(at_, op.size()) == op) {
            at_ += op.size();
            return {.kind = Token::Kind::op, .text = std::string(op)};
        }
    }
    refuse(at_, "no operator");  // not reached: every sign is one by itself
}

Token Lexer::read_newline() {
    at_ += at_end() ? 0 : 1;
    const std::vector<HereDocument> expected = std::move(here_documents_);
    here_documents_.clear();
    for (const HereDocument& each : expected) {
        read_here_document(each);
    }
    return {.kind = Token::Kind::newline, .text = "newline"};
}

Token Lexer::read_word() {
    return {.kind = Token::Kind::word, .word = read_parts(Within::word)};
}

/// Its lines up to the one that is the delimiter.
void Lexer::read_here_document(const HereDocument& expected) {
    const std::size_t first_line = line_at(at_);
    std::string body;
    for (bool last = false; !last;) {
        if (at_end()) {
            unfinished(expected.at,
                       "the here-document lacks its last line, \"" + expected.delimiter + '"',
                       expected.delimiter);
        }
        const std::size_t end = std::min(script_.find('\n', at_), script_.size());
        std::string_view line = script_.substr(at_, end - at_);
        line.remove_prefix(expected.strip_tabs ? std::min(line.find_first_not_of('\t'), line.size())
                                               : 0);
        last = line == expected.delimiter;
        if (!last) {
            body.append(line).append("\n");
        }
        at_ = std::min(end + 1, script_.size());
    }
    if (expected.quoted) {
        expected.text->parts = {{true, std::move(body)}};
    } else {
        Lexer inside(body, first_line);
        inside.depth_ = depth_;
        *expected.text = inside.read_parts(Within::here_document);
    }
}

bool is_name(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    const auto is_in_name = [&](char c) {
        return letters.find(c) != std::string_view::npos ||
               digits.find(c) != std::string_view::npos;
    };
    return !text.empty() && digits.find(text.front()) == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), is_in_name);
}

}  // namespace yos::shell
