#pragma once

#include "syscalls/cancel_group.h"
#include "syscalls/wait_group.h"
#include "tasks/interruption.h"

namespace yos {

/// Ends the scope of a group of tasks:
///
///     TaskGroup group;
///     co_yield NewTask{fetch(one)}.in(group);
///     co_yield NewTask{fetch(another)}.in(group);
///     co_await join(group);
///
/// Blocks as WaitGroup does. A caller that is cancelled or timed out cancels the tasks, waits for
/// them, and passes the interruption on; interrupted once more, it leaves, and they are killed.
/// Throws what the first that failed has thrown; TaskGroup::failures has all. (nurseries of trio)
inline Coroutine<> join(TaskGroup& group) {
    std::exception_ptr interruption;
    try {
        co_yield WaitGroup{group};
    } catch (const Interruption&) {
        interruption = std::current_exception();
    }
    if (interruption == nullptr) {
        co_return;
    }
    co_yield CancelGroup{group, "the group's owner was interrupted"};
    try {
        co_yield WaitGroup{group};
    } catch (const std::exception&) {  // kept in the group
    }
    std::rethrow_exception(interruption);
}

}  // namespace yos
