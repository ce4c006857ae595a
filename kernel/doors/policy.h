#pragma once

// Who may be next. Without a policy the oldest of the ready tasks is (a ring, in ready_queue.h); a
// policy keeps them in whatever order it likes, and may change that with each turn. Where it finds
// several equal, the oracle chooses. The kernel never loses a task by a policy: one that throws, or
// offers a task that is not ready, is dismissed, and the oldest is next again.

#include "kernel/uapi/time.h"
#include "tasks/task.h"

#include <span>

namespace yos {

/// How a task has used its turn.
struct Turn {
    unsigned traps = 0;
    Duration time{};   ///< that passed on the kernel's clock; a tape does not know it
    bool cut = false;  ///< it would have gone on: its quantum was over
};

class Policy {
public:
    virtual ~Policy() = default;

    /// The task may run: it is new, was woken, or has had its turn. It is the policy's until
    /// unready().
    virtual void ready(Task& task) = 0;

    /// It is the policy's no more: it has its turn, was stopped, or has ended.
    virtual void unready(Task& task) noexcept = 0;

    /// Those who may be next, one or several; valid until the next call. Asked only while some are
    /// ready.
    virtual std::span<Task* const> best() = 0;

    /// How many traps in a row the turn of `task` may have, 1 to limits::longest_quantum. The
    /// kernel's quantum if it is 0.
    virtual unsigned quantum(const Task& /*task*/) { return 0; }

    /// The task has had a turn, and lives.
    virtual void ran(const Task& /*task*/, const Turn& /*turn*/) {}

    /// The task has ended: what is known of it can be forgotten.
    virtual void ended(const Task& /*task*/) noexcept {}
};

}  // namespace yos
