#pragma once

// Something that happens once, until it is cleared; see WaitEvent, SetEvent and ClearEvent.

#include "tasks/wait_queue.h"

#include <cstdint>

namespace yos {

class Event {
public:
    bool happened = false;
    std::uint64_t times = 0;  ///< how often it has happened, cleared or not
    WaitQueue waiters{};
};

}  // namespace yos
