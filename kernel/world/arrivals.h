#pragma once

// What comes in from outside without having been asked for just now: all of it in one record, for
// each turn of the I/O task. There is no other way in for what nobody waits for in a call.

#include "kernel/uapi/time.h"
#include "kernel/world/device_file.h"
#include "kernel/world/threads.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace yos {

struct Arrivals {
    std::vector<int> signals;    ///< of the host's numbers
    std::span<Readiness> ready;  ///< files that became so; valid until the next are taken in
    std::vector<std::shared_ptr<Threads::Job>> jobs;  ///< that have finished
    Time now{};                                       ///< when all that was so
};

/// How long to wait for any of that.
struct Patience {
    /// Ask for events of files, though there may be no need to wait? Where none waits for any, that
    /// would only cost.
    bool ask = true;

    /// Until then; for ever when there is no time. Time::min(): not at all.
    std::optional<Time> until = {};

    /// If at all, then no less than this: see limits::timer_crowd.
    Duration at_least{};
};

}  // namespace yos
