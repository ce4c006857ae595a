#pragma once

// What the tasks/ floor asks of the floor above: that a blocked task be woken, its call completed
// or failed. The kernel does it. (An upcall goes from a lower floor to a higher one, against the
// direction of ordinary calls.)

#include <cstdint>
#include <system_error>

namespace yos {

class Task;
class Waiter;

class Upcalls {
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

    /// While a call that waits for several things has one of them handled: the Branch that stands
    /// in that line in the task's place. Null otherwise: the task stands in line itself.
    Waiter* branch = nullptr;

    /// How many waits have begun, of any task. A call that answers blocked has begun one, or else
    /// nobody could wake its task.
    std::uint32_t waits = 0;

protected:
    Upcalls() = default;
    ~Upcalls() = default;
};

}  // namespace yos
