#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/tasks/task_list.h"

namespace yos {
namespace {

/// Is there a sibling of tree[i] behind it?
bool has_younger_sibling(const std::vector<TreeEntry>& tree, std::size_t i) {
    for (std::size_t next = i + 1; next < tree.size() && tree[next].depth >= tree[i].depth;
         ++next) {
        if (tree[next].depth == tree[i].depth) {
            return true;
        }
    }
    return false;
}

Coroutine<int> pstree(Invocation invocation) {
    Options options(invocation);
    options.example("pstree");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    const std::vector<TreeEntry> tree = as_tree(std::move(tasks));
    std::string text;
    std::vector<bool> goes_on;  // by depth: a line leads further down
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const auto& [task, depth] = tree[i];
        goes_on.resize(depth + 1);
        goes_on[depth] = has_younger_sibling(tree, i);
        for (std::size_t above = 1; above < depth; ++above) {
            text += goes_on[above] ? "│  " : "   ";
        }
        if (depth > 0) {
            text += goes_on[depth] ? "├─ " : "└─ ";
        }
        text += fmt::format("{} ({})\n", task.name, task.tid);
    }
    co_await write_all(invocation.out, std::move(text));
    co_return 0;
}

const Program program("pstree", "draw the tree of all tasks", pstree);

}  // namespace
}  // namespace yos
