#pragma once

#include "syscalls/detail/set_deadline.h"
#include "tasks/interruption.h"

namespace yos {

/// Calls a subroutine that may take `limit` at most. Evaluates to its value. Blocks as the
/// subroutine does. One that is still blocked when the time is up is interrupted there and unwound,
/// and the caller gets TimedOut. Calls of this nest: the nearest deadline wins, and only the scope
/// whose own it was gives up. ETIMEDOUT: the time was up. EINVAL: a negative `limit`. Throws what
/// the subroutine throws.
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
