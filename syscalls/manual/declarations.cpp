#include "syscalls/manual/declarations.h"

#include "syscalls/manual/header_reader.h"

#include <algorithm>
#include <utility>

namespace yos::manual {
namespace {

/// Lines make a paragraph; an empty one ends it, and so does the change to code or from it.
void add_line(std::string& comment, const std::string& line) {
    const std::size_t last_line = comment.rfind('\n') + 1;  // 0 when there is but one
    const bool begins_paragraph = last_line == comment.size();
    const bool follows_code = is_code(std::string_view(comment).substr(last_line));
    if (line.empty()) {
        comment += begins_paragraph ? "" : "\n\n";
        return;
    }
    const bool code = is_code(line);
    if (!begins_paragraph) {
        comment += code != follows_code ? "\n\n" : code ? "\n" : " ";
    }
    comment += code ? line : line.substr(line.find_first_not_of(' '));
}

void drop_last_break(std::string& comment) {
    while (comment.ends_with('\n')) {
        comment.pop_back();
    }
}

bool is_access_specifier(const std::vector<Token>& head) {
    return head.size() == 1 &&
           (head[0].is("public") || head[0].is("protected") || head[0].is("private"));
}

class Splitter {
public:
    Splitter(Tokens scope, std::string_view file) : scope_(scope), file_(file) {}

    std::vector<Declaration> split() {
        for (at_ = 0; at_ < scope_.size(); ++at_) {
            const Token& token = scope_[at_];
            if (token.kind == Token::Kind::comment) {
                if (current_.head.empty()) {
                    add_line(current_.comment, token.text);
                }
            } else if (token.is("{")) {
                take_body();
            } else if (token.is(";") || (token.is(":") && is_access_specifier(current_.head))) {
                finish();
            } else {
                take_head();
            }
        }
        return std::move(found_);
    }

private:
    /// What stands in parentheses belongs to the head, with all its braces and semicolons.
    void take_head() {
        const bool opens = scope_[at_].is("(") || scope_[at_].is("[");
        const std::size_t end = opens ? behind_this_bracket() : at_ + 1;
        for (; at_ < end; ++at_) {
            if (scope_[at_].kind != Token::Kind::comment) {
                current_.head.push_back(scope_[at_]);
            }
        }
        --at_;
    }

    /// Braces may also be those of an initializer: then the declaration goes on.
    void take_body() {
        const std::size_t end = behind_this_bracket();
        current_.body = scope_.subspan(at_ + 1, end - at_ - 2);
        at_ = end - 1;
        const bool goes_on = end < scope_.size() &&
                             (scope_[end].is(",") || scope_[end].is("{") || scope_[end].is(";"));
        if (!goes_on) {
            finish();
        }
    }

    std::size_t behind_this_bracket() const {
        const std::size_t end = behind_bracket(scope_, at_);
        if (end == 0) {
            throw HeaderError(file_, scope_[at_].line, "this " + scope_[at_].text + " has no end");
        }
        return end;
    }

    void finish() {
        if (!current_.head.empty()) {
            drop_last_break(current_.comment);
            found_.push_back(std::move(current_));
            current_ = {};
        }
    }

    Tokens scope_;
    std::string_view file_;
    std::size_t at_ = 0;
    Declaration current_;
    std::vector<Declaration> found_;
};

}  // namespace

std::vector<Declaration> declarations_in(Tokens scope, std::string_view file) {
    return Splitter(scope, file).split();
}

std::string spelled(Tokens tokens) {
    std::string text;
    for (const Token& token : tokens) {
        text += (token.spaced && !text.empty() ? " " : "") + token.text;
    }
    return text;
}

std::size_t behind_bracket(Tokens tokens, std::size_t opening) {
    const std::string_view open = tokens[opening].text;
    const std::string_view close = open == "(" ? ")" : open == "[" ? "]" : open == "<" ? ">" : "}";
    std::size_t depth = 0;
    for (std::size_t i = opening; i < tokens.size(); ++i) {
        if (tokens[i].is(open)) {
            ++depth;
        } else if (tokens[i].is(close) && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

}  // namespace yos::manual
