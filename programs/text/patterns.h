#pragma once

// What grep looks for in each line, compiled by RE2.

#include <memory>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace yos {

struct PatternMeaning {
    bool extended = false;     ///< ( ) { } | + ? are special as they stand
    bool fixed = false;        ///< nothing is special
    bool ignore_case = false;  ///< A and a are the same
    bool words = false;        ///< what is found is a word, or several
    bool lines = false;        ///< what is found is a whole line
};

/// What matches where one of the lines of `patterns` does. Throws std::invalid_argument, which
/// tells the one that is wrong as it was typed.
std::unique_ptr<re2::RE2> compile_patterns(const std::vector<std::string>& patterns,
                                           const PatternMeaning& meaning);

}  // namespace yos
