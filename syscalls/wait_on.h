#pragma once

#include "syscalls/await_notification.h"
#include "syscalls/lock.h"
#include "tasks/interruption.h"

#include <exception>

namespace yos {

/// Gives the mutex back, waits until the condition is notified, and takes the mutex again: the
/// caller holds it whenever this returns or throws, also when it was interrupted. What it waited
/// for may be gone by then, so call it in a loop. EPERM: the caller does not hold the mutex.
inline Coroutine<> wait_on(Condition& condition, Mutex& mutex) {
    std::exception_ptr interruption;
    bool held = false;
    try {
        co_yield AwaitNotification{condition, mutex};
    } catch (const Interruption&) {
        interruption = std::current_exception();
    }
    while (!held) {
        try {
            co_yield Lock{mutex};
            held = true;
        } catch (const Interruption&) {
            interruption = std::current_exception();
        }
    }
    if (interruption) {
        std::rethrow_exception(interruption);
    }
}

}  // namespace yos
