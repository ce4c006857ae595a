// The lexer's other half: what stands in a word. Quotes and $ may be nested in each other.

#include "programs/shell/lexer.h"

namespace yos::shell {
namespace {

/// Adds literal text, to the part before if that is of the same kind.
void append(Word& word, std::string_view text, bool quoted) {
    if (!word.parts.empty() && word.parts.back().quoted == quoted) {
        if (auto* before = std::get_if<std::string>(&word.parts.back().what)) {
            before->append(text);
            return;
        }
    }
    word.parts.push_back({quoted, std::string(text)});
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

/// Reads up to, not including, what ends it there.
Word Lexer::read_parts(Within where) {
    Word word;
    const bool quoted =
        where == Within::quotes || where == Within::quoted_braces || where == Within::here_document;
    const bool quotes_count = where != Within::here_document && where != Within::quotes;
    while (!part_ends(where)) {
        const char c = here();
        if (c == '\\') {
            read_escaped(word, where);
        } else if (c == '$') {
            read_dollar(word, quoted);
        } else if (c == '`') {
            refuse(at_, "` is not known here: write $(COMMANDS), or \\` for the sign itself");
        } else if (c == '\'' && quotes_count && !quoted) {
            read_single_quoted(word);
        } else if (c == '"' && quotes_count) {
            read_double_quoted(word);
        } else {
            append(word, script_.substr(at_++, 1), quoted);
        }
    }
    return word;
}

bool Lexer::part_ends(Within where) const {
    switch (where) {
        case Within::word:
            return at_end() || at_any(" \t\r\n<>&|;()");
        case Within::quotes:
            return at_end() || here() == '"';
        case Within::braces:
        case Within::quoted_braces:
            return at_end() || here() == '}';
        case Within::here_document:
            return at_end();
    }
    return true;
}

void Lexer::read_single_quoted(Word& word) {
    const std::size_t end = script_.find('\'', at_ + 1);
    if (end == std::string_view::npos) {
        unfinished(at_, "unclosed ' quote", "'");
    }
    append(word, script_.substr(at_ + 1, end - at_ - 1), true);
    at_ = end + 1;
}

void Lexer::read_double_quoted(Word& word) {
    const std::size_t begin = at_++;
    const Nesting nesting(*this, begin);
    const Word inside = read_parts(Within::quotes);
    if (at_end()) {
        unfinished(begin, "unclosed \" quote", "\"");
    }
    ++at_;
    if (inside.parts.empty()) {
        append(word, "", true);  // "" is a word, too
    }
    word.parts.insert(word.parts.end(), inside.parts.begin(), inside.parts.end());
}

void Lexer::read_escaped(Word& word, Within where) {
    const std::size_t begin = at_++;
    if (at_end()) {
        unfinished(begin, "a \\ at the end of the input escapes nothing", "");
    }
    if (here() == '\n') {
        ++at_;  // joins two lines
        return;
    }
    const bool in_quotes = where == Within::quotes || where == Within::quoted_braces;
    const bool escapes = where == Within::here_document ? at_any("$`\\")
                         : in_quotes                    ? at_any("$`\"\\}")
                                                        : true;
    if (!escapes || (where == Within::quotes && here() == '}')) {
        append(word, "\\", true);
    }
    append(word, script_.substr(at_++, 1), true);
}

/// A $ that begins nothing is itself.
void Lexer::read_dollar(Word& word, bool quoted) {
    const std::size_t begin = at_++;
    if (at_any("{")) {
        return read_braced(word, quoted, begin);
    }
    if (at_any("(")) {
        return read_substitution(word, quoted, begin);
    }
    Parameter parameter;
    if (at_any("?!$#@*-0123456789")) {
        parameter.name = script_.substr(at_++, 1);
    } else {
        parameter.name = read_name();
    }
    if (parameter.name.empty()) {
        return append(word, "$", quoted);
    }
    word.parts.push_back({quoted, std::move(parameter)});
}

void Lexer::read_braced(Word& word, bool quoted, std::size_t begin) {
    const Nesting nesting(*this, begin);
    ++at_;
    Parameter parameter;
    if (at_any("#") && script_.substr(at_, 2) != "#}") {
        parameter.action = '#';
        ++at_;
    }
    const std::size_t name = at_;
    if (at_any("?!$#@*-")) {
        ++at_;
        parameter.name = script_.substr(name, 1);
    } else {
        parameter.name = read_name();
    }
    const bool all_digits = parameter.name.find_first_not_of("0123456789") == std::string::npos;
    if (parameter.name.empty() || (!is_name(parameter.name) && !all_digits && at_ - name != 1)) {
        if (at_end()) {
            unfinished(begin, "unclosed ${", "}");
        }
        refuse(begin, "${ wants the name of a variable: ${NAME} or ${NAME:-WORD}");
    }
    if (parameter.action == '\0' && !at_any("}")) {
        parameter.colon = at_any(":");
        at_ += parameter.colon ? 1 : 0;
        if (!at_end() && !at_any("-=?+")) {
            refuse(
                at_,
                "${" + parameter.name + " can be followed by }, -, =, ? or +, and : before these");
        }
        if (!at_end()) {
            parameter.action = script_[at_++];
            parameter.word = std::make_shared<const Word>(
                read_parts(quoted ? Within::quoted_braces : Within::braces));
        }
    }
    if (at_end()) {
        unfinished(begin, "unclosed ${", "}");
    }
    if (here() != '}') {
        refuse(at_, "${#" + parameter.name + " wants a } behind it");
    }
    ++at_;
    word.parts.push_back({quoted, std::move(parameter)});
}

void Lexer::read_substitution(Word& word, bool quoted, std::size_t begin) {
    const Nesting nesting(*this, begin);
    ++at_;
    if (at_any("(")) {
        refuse(begin, "$(( )) is not known here");
    }
    List commands = parse_substitution(*this, begin);
    word.parts.push_back({quoted, Substitution{std::make_shared<const List>(std::move(commands))}});
}

/// Empty when there is none; of digits, too.
std::string Lexer::read_name() {
    const std::size_t begin = at_;
    while (!at_end() && is_name_character(here())) {
        ++at_;
    }
    return std::string(script_.substr(begin, at_ - begin));
}

}  // namespace yos::shell
