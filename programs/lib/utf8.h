#pragma once

// How much room text takes on a terminal.

#include <cstddef>
#include <string_view>

namespace yos {

/// Columns that UTF-8 text takes: two for a wide character of East Asia or an emoji, none for a
/// combining one. A byte that is no UTF-8 takes one.
std::size_t display_width(std::string_view text);

/// As much of the beginning of `text` as fits into `columns`.
std::string_view cut_to_width(std::string_view text, std::size_t columns);

}  // namespace yos
