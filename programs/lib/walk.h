#pragma once

// Going through directories, and what is below them.

#include "syscalls/file_status.h"
#include "syscalls/list_directory.h"
#include "tasks/coroutine.h"

#include <string>
#include <string_view>
#include <vector>

namespace yos {

/// `name` as seen from where `directory` is.
inline std::string path_in(std::string_view directory, std::string_view name) {
    std::string path(directory);
    if (!path.empty() && path.back() != '/') {
        path += '/';
    }
    path += name;
    return path;
}

/// False when it is none, or nobody may know.
Coroutine<bool> is_directory(std::string path);

/// The files among `paths`, and all that are below the directories among them, symbolic links left
/// alone. Of what cannot be looked into, the path itself: whoever opens it will hear why.
Coroutine<std::vector<std::string>> files_below(std::vector<std::string> paths);

}  // namespace yos
