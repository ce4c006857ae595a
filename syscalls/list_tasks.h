#pragma once

#include "kernel/snapshot.h"
#include "kernel/system_call.h"
#include "kernel/uapi/task_snapshot.h"

namespace yos {

/// Lists all tasks as they are now, by rising tid. Never blocks, never fails.
class ListTasks : public SystemCall<std::vector<TaskSnapshot>> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        std::vector<TaskSnapshot> tasks;
        kernel.tasks().for_each(
            [&](const Task& task) { tasks.push_back(snapshot_of(kernel, task)); });
        return complete(std::move(tasks));
    }
};

}  // namespace yos
