#pragma once

// Stands before a trap is handled, and may fail it, delay it, or shorten it: the place for fault
// injection of every kind. While there is a hook, every trap goes the long way, past it, also one
// of a call that nobody had thought of when the hook was written.

#include "kernel/uapi/time.h"
#include "tasks/task.h"
#include "tasks/trap.h"

#include <cstddef>
#include <limits>
#include <system_error>

namespace yos {

/// What is to become of a trap. Nothing unusual, if not said otherwise.
struct Verdict {
    /// Its caller gets this error, and nothing is done. Calls that give something back
    /// (Trap::interruptible() says so) are not failed.
    std::errc fail{};

    /// It is handled, or failed, only after that.
    Duration delay{};

    /// Of calls that move bytes: it moves no more than that, but one at least: none would mean the
    /// end of the file.
    std::size_t at_most = std::numeric_limits<std::size_t>::max();
};

class Hook {
public:
    virtual ~Hook() = default;

    /// `task` has made the trap. Asked once for each, before it is handled for the first time.
    virtual Verdict before(const Task& task, const Trap& trap) = 0;
};

}  // namespace yos
