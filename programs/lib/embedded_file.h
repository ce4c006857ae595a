#pragma once

// A file of the tree as it was when this was built, put into the executable by
// cmake/embed_files.cmake.

#include <string_view>

namespace yos {

struct EmbeddedFile {
    std::string_view path;  ///< from the directory that the build names
    std::string_view text;
};

}  // namespace yos
