#pragma once

// The tasks whose traps a hook has delayed. Each is blocked, in no queue, until its time has come.

#include "kernel/time/timers.h"
#include "tasks/tid.h"

#include <map>
#include <system_error>

namespace yos {

class Kernel;

class Delays {
public:
    explicit Delays(Kernel& kernel) : kernel_(kernel) {}

    /// At `until` the task goes on; or it gets the error, if there is one.
    void add(Tid task, Time until, std::errc error);

    /// The task waits no more: it was interrupted, or has ended.
    void remove(Tid task) noexcept { delays_.erase(task); }

    bool empty() const { return delays_.empty(); }

private:
    struct Delay final : Timer {
        Delay(Delays& all, Tid who, std::errc what) : delays(all), task(who), error(what) {}
        void expire() override { delays.end(*this); }

        Delays& delays;
        const Tid task;
        const std::errc error;
    };

    void end(const Delay& delay);

    Kernel& kernel_;
    std::map<Tid, Delay> delays_;
};

}  // namespace yos
