#pragma once

// The host's signals, as one more thing from outside that tasks can wait for. A handler only notes
// the signal and interrupts the poller; the I/O task delivers it. A second SIGINT that finds the
// first one still undelivered ends the process: the way out of a kernel that a task has frozen.
//
// Signals belong to the process, so of several kernels in one process the first to claim one gets
// it.

#include "kernel/world/poller.h"
#include "kernel/world/signals.h"

#include <set>

namespace yos {

class HostSignals final : public Signals {
public:
    explicit HostSignals(Poller& poller) : poller_(poller) {}
    ~HostSignals() override;

    void claim(int signal) override;

    /// Whoever started the process wants it to take no notice of this signal.
    static bool is_ignored(int signal);

    int next() noexcept override;

private:
    Poller& poller_;
    std::set<int> claimed_;
};

}  // namespace yos
