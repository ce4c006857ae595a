#include "programs/lib/command_line.h"

#include <algorithm>

namespace yos {
namespace {

constexpr std::string_view blanks = " \t\r\n";

class Parser {
public:
    explicit Parser(std::string_view line) : line_(line) {}

    std::vector<Command> parse() {
        std::vector<Command> commands;
        for (skip_blanks(); !at_end(); skip_blanks()) {
            Command command = parse_command();
            if (command.words.empty()) {
                throw SyntaxError("no command before \"" + std::string(1, line_[at_]) + '"');
            }
            command.background = !at_end() && line_[at_] == '&';
            at_ += at_end() ? 0 : 1;
            commands.push_back(std::move(command));
        }
        return commands;
    }

private:
    bool at_end() const { return at_ == line_.size(); }

    bool at_any(std::string_view characters) const {
        return characters.find(line_[at_]) != std::string_view::npos;
    }

    /// Blanks and comments.
    void skip_blanks() {
        while (!at_end() && (at_any(blanks) || line_[at_] == '#')) {
            at_ = line_[at_] == '#' ? end_of_line() : at_ + 1;
        }
    }

    std::size_t end_of_line() const { return std::min(line_.find('\n', at_), line_.size()); }

    Command parse_command() {
        Command command;
        const std::size_t begin = at_;
        std::size_t end = at_;
        while (!at_end() && !at_any(";&\n")) {
            refuse_what_is_not_spoken_yet();
            command.words.push_back(parse_word());
            end = at_;
            while (!at_end() && at_any(" \t\r")) {
                ++at_;
            }
            if (!at_end() && line_[at_] == '#') {
                at_ = end_of_line();
            }
        }
        command.text = line_.substr(begin, end - begin);
        return command;
    }

    void refuse_what_is_not_spoken_yet() const {
        if (at_any("|<>()")) {
            throw SyntaxError("\"" + std::string(1, line_[at_]) +
                              "\" means nothing here: put it in quotes to pass it on");
        }
    }

    Word parse_word() {
        word_.assign(1, {});
        while (!at_end() && !at_any(blanks) && !at_any(";&|<>()")) {
            parse_piece();
        }
        return std::move(word_);
    }

    void parse_piece() {
        switch (line_[at_]) {
            case '\'':
                return parse_single_quoted();
            case '"':
                return parse_double_quoted();
            case '\\':
                if (at_ + 1 == line_.size()) {
                    throw SyntaxError("a \\ at the end of the line escapes nothing");
                }
                ++at_;
                return append_here();
            case '$':
                return parse_dollar();
            default:
                return append_here();
        }
    }

    void parse_single_quoted() {
        const std::size_t end = line_.find('\'', at_ + 1);
        if (end == std::string_view::npos) {
            throw SyntaxError("unclosed ' quote");
        }
        append(line_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
    }

    void parse_double_quoted() {
        for (++at_; !at_end() && line_[at_] != '"';) {
            const bool escapes =
                line_[at_] == '\\' && at_ + 1 < line_.size() &&
                std::string_view("\"\\$").find(line_[at_ + 1]) != std::string_view::npos;
            if (line_[at_] == '$') {
                parse_dollar();
            } else {
                at_ += escapes ? 1 : 0;
                append_here();
            }
        }
        if (at_end()) {
            throw SyntaxError("unclosed \" quote");
        }
        ++at_;
    }

    void parse_dollar() {
        if (line_.substr(at_, 2) == "$?") {
            word_.push_back({.is_status = true});
            at_ += 2;
        } else {
            append_here();
        }
    }

    void append_here() { append(line_.substr(at_++, 1)); }

    void append(std::string_view text) {
        if (word_.back().is_status) {
            word_.emplace_back();
        }
        word_.back().text += text;
    }

    std::string_view line_;
    std::size_t at_ = 0;
    Word word_;
};

}  // namespace

std::vector<Command> parse_command_line(std::string_view line) {
    return Parser(line).parse();
}

std::string expand(const Word& word, int status) {
    std::string text;
    for (const WordPart& part : word) {
        text += part.is_status ? std::to_string(status) : part.text;
    }
    return text;
}

}  // namespace yos
