#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/tasks/task_list.h"

namespace yos {
namespace {

Coroutine<int> ps(Invocation invocation) {
    bool forest = false;
    Options options(invocation);
    options.flag("-f,--forest", forest, "children below their parents, further to the right");
    options.example(
        "ps -f   (CPU, in seconds, is measured with yos --accounting, or while top runs)");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    std::string table = task_header();
    if (forest) {
        for (const TreeEntry& entry : as_tree(std::move(tasks))) {
            table += task_row(entry.task, std::string(2 * entry.depth, ' ') + entry.task.name);
        }
    } else {
        for (const TaskSnapshot& task : tasks) {
            table += task_row(task, task.name);
        }
    }
    co_await write_all(invocation.out, std::move(table));
    co_return 0;
}

const Program program("ps", "list all tasks and what they wait for", ps);

}  // namespace
}  // namespace yos
