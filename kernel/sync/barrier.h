#pragma once

// Where several tasks wait for each other, round after round; see WaitBarrier.

#include "tasks/wait_queue.h"

#include <cstddef>

namespace yos {

class Barrier {
public:
    /// Opens when that many wait. REQUIRES: at least one.
    explicit Barrier(std::size_t parties) : parties(parties) {}

    const std::size_t parties;
    WaitQueue waiters{};
};

}  // namespace yos
