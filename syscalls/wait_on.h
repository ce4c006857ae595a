#pragma once

#include "syscalls/detail/await_notification.h"
#include "syscalls/detail/relock.h"
#include "tasks/interruption.h"

#include <exception>

namespace yos {

/// Gives a mutex back for as long as it waits on a condition. Blocks until the condition is
/// notified, and then until the mutex is free; woken by Notify, and by Unlock. The caller holds the
/// mutex when this returns, and also when it is interrupted. What it waited for may be gone by
/// then, so call it in a loop. EPERM: the caller does not hold the mutex. EOWNERDEAD: the mutex
/// broke meanwhile (an interruption that came before that is thrown instead). EIDRM: the condition
/// or the mutex was destroyed meanwhile.
///
/// A task that was notified is not interrupted until it has the mutex, and if it is killed before,
/// the next in line is notified in its place.
inline Coroutine<> wait_on(Condition& condition, Mutex& mutex) {
    Notification notification(condition);
    std::exception_ptr interruption;
    try {
        co_yield AwaitNotification{notification, mutex};
    } catch (const Interruption&) {
        interruption = std::current_exception();
    }
    if (notification.awaited()) {  // and so the mutex was given back
        try {
            co_yield Relock{mutex};
        } catch (const std::system_error&) {
            if (!interruption) {
                throw;
            }
        }
    }
    if (interruption) {
        std::rethrow_exception(interruption);
    }
    notification.use();
}

}  // namespace yos
