#pragma once

// Whose a terminal is for the time being. The job in its foreground is whom Ctrl-C interrupts; and
// it may want each key as it is typed, rather than lines. Every terminal has one of these: those
// that tasks make, where that job alone reads what is typed, and the host's that yos was started
// from, which gives what is typed to whoever asks first.

#include "tasks/tid.h"

#include <map>

namespace yos {

class Foreground {
public:
    Foreground() = default;
    Foreground(const Foreground&) = delete;
    Foreground& operator=(const Foreground&) = delete;
    virtual ~Foreground() = default;

    /// kernel_tid: none, and then every job has the terminal.
    Tid job() const { return job_; }
    bool has(Tid job) const { return job_ == kernel_tid || job_ == job; }

    /// Does Ctrl-Z stop it? Only where somebody is there to continue it.
    bool may_stop() const { return may_stop_; }

    /// Puts another job there. Throws std::system_error when its Ctrl-Z cannot be had: another
    /// kernel of this process takes it.
    virtual void give_to(Tid job, bool may_stop = false);

    /// Of that job's tasks one more wants keys; or one that did, does not any more.
    void begin_keys(Tid job);
    void end_keys(Tid job);

    /// Does a task of the job in the foreground?
    bool wants_keys() const;

protected:
    /// wants_keys() may have changed.
    virtual void keys_changed() = 0;

private:
    Tid job_ = kernel_tid;
    bool may_stop_ = false;
    std::map<Tid, int> keys_;  // how many tasks want them, by job
};

}  // namespace yos
