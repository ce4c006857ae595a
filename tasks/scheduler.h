#pragma once

// What a blocked task needs of whoever schedules it; the kernel does it. This is the one thing that
// the tasks/ floor asks of the floor above.

#include <cstdint>
#include <system_error>

namespace yos {

class Task;
class Waiter;

class Scheduler {
public:
    /// Makes a blocked task ready; its pending call is handled again when its turn comes.
    virtual void wake(Task& task) noexcept = 0;

    /// Makes a blocked task ready to go on, its pending call completed: one that has its result, or
    /// needs none.
    virtual void complete(Task& task) noexcept = 0;

    /// Makes a blocked task ready to go on with its pending call failed.
    virtual void fail(Task& task, std::errc why) noexcept = 0;

    /// An interruption of `task` is due: it is thrown at the call in which the task is blocked, or
    /// at its next one.
    virtual void interrupt(Task& task) noexcept = 0;

    /// Counts the tasks that wait for the world outside.
    virtual void outside_waiters(int change) noexcept = 0;

    /// The one that stands in line for the task whose call is being handled; null for the task.
    Waiter* branch = nullptr;

    /// How many waits have begun: a call that blocks its task has begun one.
    std::uint32_t waits = 0;

protected:
    Scheduler() = default;
    ~Scheduler() = default;
};

}  // namespace yos
