#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/task_info.h"

#include <algorithm>

namespace yos {
namespace {

std::string describe(const TaskSnapshot& task) {
    std::string text =
        fmt::format("task {} ({}) is {}", task.tid, task.name, state_of(task));
    text += task.waiting_for.empty() ? "\n" : " in " + task.waiting_for + "\n";
    std::size_t widest = 0;
    for (const StackEntry& entry : task.backtrace) {
        widest = std::max(widest, entry.function.size());
    }
    for (std::size_t i = 0; i < task.backtrace.size(); ++i) {
        const auto& [function, file, line] = task.backtrace[i];
        text += fmt::format("  #{:<3} {:<{}}  {}:{}\n", i, function, widest, file, line);
    }
    return text;
}

Coroutine<int> where(Invocation invocation) {
    Number tid{.value = 0};
    Options options(invocation);
    options.required("TID", tid, "which task");
    options.example("where 1   (the innermost coroutine comes first)");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::optional<TaskSnapshot> task = co_yield TaskInfo{static_cast<Tid>(tid.value)};
    if (!task) {
        co_await print(invocation.err, "where: no task {}\n", tid.value);
        co_return 1;
    }
    co_await write_all(invocation.out, describe(*task));
    co_return 0;
}

const Program program("where", "show where in its coroutines a task is", where);

}  // namespace
}  // namespace yos
