#pragma once

#include "kernel/snapshot.h"
#include "kernel/system_call.h"
#include "kernel/uapi/task_snapshot.h"

namespace yos {

/// A task as it is now. None when there is no such task. Never blocks, never fails.
class TaskInfo : public SystemCall<std::optional<TaskSnapshot>> {
public:
    explicit TaskInfo(Tid tid) : tid_(tid) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const Task* task = kernel.tasks().find(tid_);
        return task != nullptr ? complete(snapshot_of(kernel, *task)) : complete(std::nullopt);
    }

    void print_arguments(std::ostream& out) const override { out << tid_; }

private:
    Tid tid_;
};

}  // namespace yos
