#pragma once

// A count of permits; see Acquire and Release. Dijkstra's P and V.

#include "tasks/wait_queue.h"

namespace yos {

class Semaphore {
public:
    explicit Semaphore(std::size_t permits) : permits(permits) {}

    std::size_t permits;  ///< free ones
    WaitQueue waiters{};
};

}  // namespace yos
