#include "kernel/snapshot.h"

#include "kernel/kernel.h"

namespace yos {

TaskSnapshot snapshot_of(Kernel& kernel, const Task& task) {
    TaskSnapshot snapshot{.tid = task.tid(),
                          .parent = task.parent(),
                          .job = task.job(),
                          .name = task.name(),
                          .state = task.state(),
                          .stopped = task.stopped(),
                          .waiting_for = {},
                          .traps = task.traps(),
                          .switches = task.switches(),
                          .processor_time = kernel.accounting().used_by(task.tid()),
                          .elapsed = kernel.now() - kernel.tasks().began(task.tid()),
                          .is_kernel = task.is_kernel(),
                          .backtrace = task.backtrace()};
    if (const Trap* trap = task.pending_trap(); trap && task.state() == Task::State::blocked) {
        snapshot.waiting_for = to_string(*trap);
    }
    return snapshot;
}

const char* state_of(const TaskSnapshot& task) {
    if (task.stopped && task.state != Task::State::zombie) {
        return "stopped";
    }
    switch (task.state) {
        case Task::State::ready:
            return "ready";
        case Task::State::running:
            return "running";
        case Task::State::blocked:
            return "blocked";
        case Task::State::zombie:
            break;
    }
    return "zombie";
}

}  // namespace yos
