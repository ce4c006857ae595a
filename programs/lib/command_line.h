#pragma once

// The shell's language: what a line means, before anything of it is run.
//
//     line     =  [ command { ( ";" | "&" ) command } [ ";" | "&" ] ]
//     command  =  word { word }
//     word     =  plain characters, 'as they are', "with $? in them", and \x for x itself, in any
//     mix #        at the beginning of a word: the rest of the line is a comment

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yos {

/// A line that means nothing; what() says why.
class SyntaxError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A stretch of a word: text, or the exit status of the command before ($?).
struct WordPart {
    std::string text = {};
    bool is_status = false;
};

using Word = std::vector<WordPart>;

struct Command {
    std::vector<Word> words;
    bool background = false;  ///< ended by &
    std::string text;         ///< as it was typed, for jobs
};

/// Throws SyntaxError.
std::vector<Command> parse_command_line(std::string_view line);

/// The word with $? filled in.
std::string expand(const Word& word, int status);

}  // namespace yos
