#pragma once

#include "syscalls/lock.h"

namespace yos {

/// A Lock that is not interrupted: a cancellation or a deadline waits for the next call. For
/// wait_on, which must not return without the mutex.
class Relock : public Lock {
public:
    using Lock::Lock;

    bool interruptible() const override { return false; }
};

}  // namespace yos
