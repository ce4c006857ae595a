#pragma once

#include "syscalls/lock.h"

namespace yos {

/// Of wait_on: a Lock that is not interrupted. A cancellation or a deadline waits for the next
/// call, because wait_on must not return without the mutex. Blocks as Lock does. Fails as Lock
/// does.
class Relock : public Lock {
public:
    using Lock::Lock;

    bool interruptible() const override { return false; }
};

}  // namespace yos
