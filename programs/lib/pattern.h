#pragma once

// Shell patterns: `*` is any text, `?` any character, `[a-z]` and `[!a-z]` one of a set, and `\x`
// is x itself. Characters are bytes.

#include <string>
#include <string_view>

namespace yos::shell {

/// Is the whole of `text` what `pattern` describes? Takes time in proportion to the product of
/// their lengths at most.
bool matches(std::string_view pattern, std::string_view text);

/// Does anything in it stand for something else than itself, apart from `\`?
bool has_wildcards(std::string_view pattern);

/// The text that a pattern without wildcards stands for.
std::string without_escapes(std::string_view pattern);

/// The pattern that stands for `text` alone.
std::string escaped(std::string_view text);

}  // namespace yos::shell
