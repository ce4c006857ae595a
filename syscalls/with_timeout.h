#pragma once

#include "syscalls/set_deadline.h"
#include "tasks/interruption.h"

namespace yos {

/// Calls a subroutine that may take `limit` at most, and evaluates to its value. When it is still
/// blocked by then, it is interrupted there, unwound, and the caller gets TimedOut. with_timeouts
/// nest: the nearest deadline wins, and only the scope whose own it was gives up.
template <class T>
Coroutine<T> with_timeout(Duration limit, Coroutine<T> subroutine) {
    Deadline deadline;
    co_yield SetDeadline{deadline, limit};
    try {
        co_return co_await std::move(subroutine);
    } catch (const DeadlineExpired& expired) {
        if (!expired.of(deadline)) {
            throw;
        }
    }
    throw TimedOut();
}

}  // namespace yos
