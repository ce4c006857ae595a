#pragma once

// A header cut into the tokens of the language, as far as a reader of declarations needs it. Of the
// comments only those for people who use what is declared are kept: the lines that begin with ///.

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yos::manual {

/// What is wrong with a header: `FILE:LINE: what`, as compilers say it.
class HeaderError : public std::runtime_error {
public:
    HeaderError(std::string_view file, unsigned line, const std::string& what)
        : runtime_error(std::string(file) + ":" + std::to_string(line) + ": " + what) {}
};

struct Token {
    enum class Kind { word, literal, sign, comment };

    Kind kind;
    std::string text;  ///< of a comment: what stands behind the `/// `
    unsigned line;     ///< from 1
    bool spaced;       ///< something stands between it and the one before

    bool is(std::string_view what) const { return kind != Kind::comment && text == what; }
};

/// Preprocessor lines are left out. Throws HeaderError for a comment or a literal without an end.
std::vector<Token> tokens_of(std::string_view file, std::string_view text);

}  // namespace yos::manual
