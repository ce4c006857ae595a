#pragma once

// The host's signals, as one more thing from outside that tasks can wait for. A handler only notes
// the signal and interrupts the poller; the I/O task delivers it. A second SIGINT that finds the
// first one still undelivered ends the process: the way out of a kernel that a task has frozen.
//
// Signals belong to the process, so of several kernels in one process the first to claim one gets
// it.

#include "kernel/host/poller.h"
#include "tasks/tid.h"

#include <optional>
#include <set>
#include <vector>

namespace yos {

class SignalFile;

class Signals {
public:
    explicit Signals(Poller& poller) : poller_(poller) {}
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();

    /// From now on `signal` comes here and not to its default action. Throws std::system_error with
    /// EINVAL for one that cannot be caught, EBUSY when another kernel has it.
    void claim(int signal);

    /// Whoever started the process wants it to take no notice of this signal.
    static bool is_ignored(int signal);

    /// Gives out a signal that came; 0 when there is none any more.
    int next() noexcept;

    /// From now on the file hears of its signals. Throws as claim() does.
    void add(SignalFile& file);
    void remove(SignalFile& file) noexcept;

    /// Tells the files that listen for `signal`, of one job only if there is one. Which tasks have
    /// opened them?
    std::set<Tid> deliver(int signal, std::optional<Tid> job);

private:
    Poller& poller_;
    std::set<int> claimed_;
    std::vector<SignalFile*> files_;
};

}  // namespace yos
