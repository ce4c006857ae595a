#pragma once

// Where a task's relative paths begin. A task that never changed it, nor has an ancestor that did,
// keeps none: its paths begin where the kernel was started.

#include "tasks/task.h"

#include <string>

namespace yos {

/// `path` as `task` means it.
inline std::string path_of(const Task& task, const std::string& path) {
    const bool relative = !path.empty() && path.front() != '/';
    return relative && task.directory() != nullptr ? *task.directory() + '/' + path : path;
}

}  // namespace yos
