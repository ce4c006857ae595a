#pragma once

// What somebody may have meant who typed a name that does not exist.

#include <string_view>
#include <vector>

namespace yos {

/// The name most like `typed`, the first of several; empty when none is alike.
std::string_view nearest_name(std::string_view typed, const std::vector<std::string_view>& names);

}  // namespace yos
