#pragma once

// Where several tasks wait for each other, round after round; see WaitBarrier.

#include "tasks/contract.h"
#include "tasks/wait_queue.h"

#include <cstddef>

namespace yos {

class Barrier {
public:
    /// Opens when that many wait. Throws std::logic_error for none.
    explicit Barrier(std::size_t parties) : parties(parties) {
        check_contract(parties > 0, "Barrier(0): one task at least must be there to wait");
    }

    const std::size_t parties;
    WaitQueue waiters{};
};

}  // namespace yos
