#pragma once

// Words that may be put in for what was typed, each as it would have to be typed: with its quotes,
// and the blank behind it.

#include <string>
#include <vector>

namespace yos::terminal {

/// What all of them begin with; nothing, if there are none.
std::string common_beginning(const std::vector<std::string>& words);

/// How a list shows one: without its quotes, and of a path the last part only.
std::string name_in_list(const std::string& word);

}  // namespace yos::terminal
