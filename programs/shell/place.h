#pragma once

// Where in a line of commands somebody stands who asks what may come next. What the words are that
// may is found in completion.cpp.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace yos::shell {

struct Place {
    std::size_t from = 0;      ///< where the word begins that is to be completed, or its last part
    std::string word = {};     ///< what there is of it, without its quotes
    char quote = '\0';         ///< that it is in
    bool is_variable = false;  ///< a name behind a $
    bool in_braces = false;    ///< it is behind a ${
    bool is_file = false;      ///< behind a redirection
    std::vector<std::string> words;  ///< of the same command, before it; none: it is the command
};

/// The end of `text` is where the cursor is.
Place place_in(std::string_view text);

/// A word as it has to be typed at that place; complete, and so followed by a blank, unless it is a
/// directory.
std::string typed_at(const Place& place, const std::string& word);

}  // namespace yos::shell
