#pragma once

// What happens in the kernel, told as it happens. Tracing, accounting, the run's hash: all of them
// are observers, and the kernel knows of nothing else. With none attached, an event costs one
// branch. An observer that throws is logged and detached.

#include "kernel/doors/oracle.h"
#include "tasks/task.h"

#include <cstddef>

namespace yos {

class Observer {
public:
    virtual ~Observer() = default;

    virtual void spawned(const Task& /*task*/) {}
    virtual void resumed(const Task& /*task*/) {}
    virtual void trapped(const Task& /*task*/, const Trap& /*trap*/) {}

    /// The call is over: its result can be printed; for a failed one `outcome` has the error.
    virtual void completed(const Task& /*task*/, const Trap& /*trap*/, Outcome /*outcome*/) {}
    virtual void blocked(const Task& /*task*/, const Trap& /*trap*/) {}
    virtual void woken(const Task& /*task*/, Tid /*by*/) {}

    /// A blocked call was ended by a cancellation or a deadline.
    virtual void interrupted(const Task& /*task*/, const Trap& /*trap*/) {}
    virtual void exited(const Task& /*task*/, const ExitStatus& /*status*/) {}

    /// The oracle chose `answer` among n.
    virtual void decided(Choice /*kind*/, std::size_t /*n*/, std::size_t /*answer*/) {}
};

}  // namespace yos
