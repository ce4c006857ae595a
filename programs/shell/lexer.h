#pragma once

// Cuts a script into tokens: operators, newlines and words. See README.md for the grammar.

#include "programs/shell/syntax_tree.h"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yos::shell {

/// A line that means nothing; what() says why, and where.
class SyntaxError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A script that stops in the midst of something: what follows may complete it.
class Unfinished : public SyntaxError {
public:
    /// `awaits` is a text without which no further line can complete it; empty when any may.
    Unfinished(const std::string& what, std::string awaits)
        : SyntaxError(what), awaits_(std::move(awaits)) {}

    const std::string& awaits() const { return awaits_; }

private:
    std::string awaits_;
};

struct Token {
    enum class Kind { word, op, newline, end };

    Kind kind = Kind::end;
    std::string text = {};  ///< of an operator, or of a word as it was typed
    Word word = {};         ///< of a word
    int descriptor = -1;    ///< the number before a redirection; -1: none
    std::size_t begin = 0;  ///< where in the script
    std::size_t end = 0;
};

/// As deep as constructs may be nested: the parser calls itself for each.
inline constexpr int max_nesting = 200;

class Lexer {
public:
    /// `first_line`: which of a file this begins with; 0: it is from no file, and the line is told
    /// only where there is more than one.
    explicit Lexer(std::string_view script, std::size_t first_line = 0)
        : script_(script), first_line_(first_line) {}

    /// Throws SyntaxError.
    Token next();

    struct HereDocument {
        std::shared_ptr<Word> text;  ///< filled in when the newline is read behind which it stands
        std::string delimiter;
        bool quoted;      ///< nothing in it is expanded
        bool strip_tabs;  ///< from the beginning of its lines
        std::size_t at;   ///< where it was asked for
    };
    void expect(HereDocument document) { here_documents_.push_back(std::move(document)); }

    std::size_t at() const { return at_; }
    void go_to(std::size_t at) { at_ = at; }
    std::string_view script() const { return script_; }

    /// `line 3, column 7: what`.
    std::string located(std::size_t at, const std::string& what) const;
    [[noreturn]] void refuse(std::size_t at, const std::string& what) const;
    [[noreturn]] void unfinished(std::size_t at, const std::string& what, std::string awaits) const;

    /// Counts one construct deeper while it lives.
    class Nesting {
    public:
        Nesting(Lexer& lexer, std::size_t at);
        ~Nesting() { --lexer_.depth_; }
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;

    private:
        Lexer& lexer_;
    };

private:
    bool at_end() const { return at_ >= script_.size(); }
    char here() const { return script_[at_]; }
    bool at_any(std::string_view characters) const {
        return !at_end() && characters.find(here()) != std::string_view::npos;
    }

    void skip_blanks();
    Token read_operator();
    Token read_newline();
    Token read_word();
    void read_here_document(const HereDocument& expected);

    // words.cpp
    enum class Within { word, quotes, braces, quoted_braces, here_document };
    Word read_parts(Within where);
    bool part_ends(Within where) const;
    void read_single_quoted(Word& word);
    void read_double_quoted(Word& word);
    void read_escaped(Word& word, Within where);
    void read_dollar(Word& word, bool quoted);
    void read_braced(Word& word, bool quoted, std::size_t begin);
    void read_substitution(Word& word, bool quoted, std::size_t begin);
    std::string read_name();

    std::size_t line_at(std::size_t at) const;

    std::string_view script_;
    std::size_t first_line_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::vector<HereDocument> here_documents_;
};

/// The commands up to the closing parenthesis of $( ), which is taken, too. Of parser.cpp.
List parse_substitution(Lexer& lexer, std::size_t begin);

/// A letter or _, then letters, digits and _.
bool is_name(std::string_view text);

}  // namespace yos::shell
