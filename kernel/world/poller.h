#pragma once

// The one place where the kernel sleeps: asks which files became ready, for at most a while. A
// small interface, so that the host's several ways of asking can stand behind it, or none.

#include "kernel/uapi/time.h"
#include "kernel/world/device_file.h"

#include <optional>
#include <span>

namespace yos {

class Poller {
public:
    virtual ~Poller() = default;

    /// Waits at most `limit` (for ever when there is none) for something to become ready. What it
    /// gives is valid until the next call.
    virtual std::span<Readiness> wait(std::optional<Duration> limit) = 0;

    /// Ends a wait(), now or the next one. From any thread, and from signal handlers.
    virtual void interrupt() noexcept = 0;

    /// Did files ask for something that goes out only with the next submit() or wait()?
    virtual bool has_unsubmitted() const { return false; }
    virtual void submit() {}

    /// Throws std::logic_error on a thread on which it cannot wait.
    virtual void check_thread() const {}
};

}  // namespace yos
