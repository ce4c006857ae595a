#pragma once

// Names as HTML and URLs write them.

#include <optional>
#include <string>
#include <string_view>

namespace yos::http {

/// With `&lt;` for `<` and so on: good between tags, and in quoted attributes.
std::string escaped_for_html(std::string_view text);

/// A path as a URL has it: with %20 for a space and so on, `/` left as it is.
std::string escaped_for_url(std::string_view path);

/// With a space for %20 and so on; none when a % is not followed by two hexadecimal digits.
std::optional<std::string> unescaped(std::string_view url);

}  // namespace yos::http
