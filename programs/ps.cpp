#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/list_tasks.h"

namespace yos {
namespace {

Coroutine<int> ps(Invocation invocation) {
    Options options(invocation);
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    std::string table = fmt::format("{:>5} {:>5} {:<8} {:>9} {:>9} {:<14} {}\n",
                                    "TID",
                                    "PPID",
                                    "STATE",
                                    "TRAPS",
                                    "SWITCHES",
                                    "NAME",
                                    "WAITING-FOR");
    for (const TaskSnapshot& task : tasks) {
        table += fmt::format("{:>5} {:>5} {:<8} {:>9} {:>9} {:<14} {}\n",
                             task.tid,
                             task.parent,
                             to_string(task.state),
                             task.traps,
                             task.switches,
                             task.name,
                             task.waiting_for);
    }
    co_await write_all(invocation.out, std::move(table));
    co_return 0;
}

const Program program("ps", "list all tasks and what they wait for", ps);

}  // namespace
}  // namespace yos
