#pragma once

#include "kernel/uapi/task_snapshot.h"
#include "tasks/task.h"

namespace yos {

class Kernel;

/// What there is to tell of a task at this moment.
TaskSnapshot snapshot_of(Kernel& kernel, const Task& task);

}  // namespace yos
