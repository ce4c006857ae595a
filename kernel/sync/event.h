#pragma once

// Something that happens once, until it is cleared; see WaitEvent, SetEvent and ClearEvent.

#include "tasks/wait_queue.h"

namespace yos {

class Event {
public:
    bool happened = false;
    WaitQueue waiters{};
};

}  // namespace yos
