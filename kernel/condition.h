#pragma once

// Where tasks wait for what a mutex guards to change; see wait_on and Notify. Mesa's kind: who is
// woken looks again.

#include "tasks/wait_queue.h"

namespace yos {

class Condition {
public:
    WaitQueue waiters{};
};

}  // namespace yos
