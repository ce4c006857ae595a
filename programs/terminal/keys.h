#pragma once

// Where one key ends and the next begins, in the bytes that a terminal sends.

#include <cstddef>
#include <string_view>

namespace yos::terminal {

/// A character to be put in, or a part of one, rather than something to do.
bool is_text(char key);

/// Bytes of the key that `keys` begin with, or of the pasted text; 0 while more of them have to
/// come. A key that sends an escape sequence counts as several.
std::size_t length_of_key(std::string_view keys);

}  // namespace yos::terminal
