#pragma once

// Tasks as ps, pstree and top print them.

#include "syscalls/list_tasks.h"

#include <string>
#include <vector>

namespace yos {

/// A task in the tree of parents and children.
struct TreeEntry {
    TaskSnapshot task;
    std::size_t depth = 0;  ///< 0: its parent is not among them
};

/// Every task behind its parent; siblings by rising tid.
std::vector<TreeEntry> as_tree(std::vector<TaskSnapshot> tasks);

/// The line with the names of the columns.
std::string task_header();

/// The line of a task, below task_header(); `name` is what to print in the last column.
std::string task_row(const TaskSnapshot& task, const std::string& name);

/// As in 1-02:03:04; hours and days only if there are any.
std::string clock_time(Duration duration);

}  // namespace yos
