#pragma once

// Regular expressions of POSIX, written anew in the syntax that modern libraries have.

#include <string>
#include <string_view>

namespace yos {

enum class PatternSyntax {
    basic,     ///< grep: ( { | + ? are special behind a \ only
    extended,  ///< grep -E
};

/// `pattern` as RE2 and Perl have it.
std::string modern_pattern(std::string_view pattern, PatternSyntax syntax);

}  // namespace yos
