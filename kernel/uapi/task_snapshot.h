#pragma once

// What ListTasks and TaskInfo tell of a task: all that ps, where and the like know.

#include "kernel/uapi/time.h"
#include "tasks/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace yos {

struct TaskSnapshot {
    Tid tid = kernel_tid;
    Tid parent = kernel_tid;
    Tid job = kernel_tid;
    std::string name;
    Task::State state = Task::State::ready;
    bool stopped = false;     ///< by StopJob, or Ctrl-Z: it gets no turn
    std::string waiting_for;  ///< the call it is blocked in, as in `WaitTask(3)`; empty otherwise
    std::uint64_t traps = 0;
    std::uint64_t switches = 0;
    std::optional<Duration> processor_time;  ///< none while it is not measured: see StartAccounting
    Duration elapsed{};                      ///< since it began, exact to 10 ms
    bool is_kernel = false;
    std::vector<StackEntry> backtrace;  ///< innermost first
};

/// `ready`, `running`, `blocked`, `stopped` or `zombie`.
const char* state_of(const TaskSnapshot& task);

}  // namespace yos
