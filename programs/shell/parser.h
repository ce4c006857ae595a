#pragma once

// The parser: implements exactly the grammar in README.md, by recursive descent. It runs nothing
// and asks nobody anything, so it is tested by itself.

#include "programs/shell/lexer.h"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace yos::shell {

class Parser {
public:
    /// Refers to the script, so it cannot be a temporary. `first_line`: see Lexer.
    explicit Parser(std::string_view script, std::size_t first_line = 0)
        : own_lexer_(script, first_line), lexer_(own_lexer_) {}
    template <std::same_as<std::string> Text>
    explicit Parser(Text&& script, std::size_t first_line = 0) = delete;

    /// The next line, as a whole: a construct that goes on behind the newline belongs to it. Empty
    /// for one without commands; none at the end. Throws SyntaxError, or Unfinished at the end.
    std::optional<List> next_line();

    /// How much of the script has been read.
    std::size_t at() const { return lexer_.at(); }

private:
    friend List parse_substitution(Lexer& lexer, std::size_t begin);

    explicit Parser(Lexer& lexer) : own_lexer_({}), lexer_(lexer) {}

    void advance();
    bool at(Token::Kind kind) const { return token_.kind == kind; }
    bool at_operator(std::string_view op) const;
    bool at_reserved(std::string_view word) const;
    bool at_list_end() const;
    bool at_redirection() const;
    void skip_newlines();

    List parse_list();
    List parse_body(std::string_view opener, std::size_t begin, std::string_view closer);
    void parse_items(List& list, bool one_line);
    Item parse_item();
    AndOr parse_and_or();
    Pipeline parse_pipeline();
    CommandRef parse_command();
    bool parse_compound(Command& command);
    Group parse_group(std::string_view closer);
    If parse_if();
    Loop parse_loop();
    For parse_for();
    Case parse_case();
    Case::Branch parse_case_branch(std::size_t begin);
    void parse_simple(Command& command);
    void parse_function(Command& command, Word name);
    void parse_word(SimpleCommand& command);
    void parse_redirections(Command& command);
    Redirection parse_redirection();

    /// Takes what must stand here, for the construct that began at `begin` with `opener`.
    void take(std::string_view expected, std::string_view opener, std::size_t begin);
    [[noreturn]] void refuse_token(const std::string& hint) const;
    std::string shown() const;

    Lexer own_lexer_;
    Lexer& lexer_;
    Token token_;
    std::size_t last_end_ = 0;  // of the token before
};

}  // namespace yos::shell
