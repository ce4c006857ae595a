#pragma once

// The point in time at which a with_timeout gives up. It is set for a task, and while it stands,
// the task's calls are interrupted when it comes. A task's deadlines nest as its with_timeouts do.

#include "kernel/time/timers.h"
#include "tasks/task.h"

#include <exception>

namespace yos {

class Deadline final : public Timer {
public:
    Deadline() = default;
    ~Deadline();

    /// From `when` on, `task` is interrupted. Throws std::logic_error when it was set before.
    void set(Timers& timers, Task& task, Time when);

    void expire() override;

    /// The exception to throw into the task; counts as delivered.
    std::exception_ptr deliver();

    /// The outermost of the deadlines of `task` that are over, which ends most of its frames; null
    /// when none is over whose exception is still to be delivered.
    static Deadline* outermost_due(const Task& task);

private:
    enum class Stage { pending, due, delivered };

    Task* task_ = nullptr;
    Deadline* outer_ = nullptr;
    Stage stage_ = Stage::pending;
};

}  // namespace yos
