#pragma once

// The host's signals, as one more thing from outside that tasks can wait for. A handler only notes
// the signal and interrupts the poller; the I/O task delivers it. A second SIGINT that finds the
// first one still undelivered ends the process: the way out of a kernel that a task has frozen.
//
// Signals belong to the process, so of several kernels in one process the first to claim one gets
// it.

#include "kernel/poller.h"
#include "tasks/task.h"

#include <set>
#include <vector>

namespace yos {

class Signals;

/// A task waiting for one of a set of signals.
class SignalListener {
public:
    explicit SignalListener(std::set<int> signals) : signals_(std::move(signals)) {}
    SignalListener(const SignalListener&) = delete;
    SignalListener& operator=(const SignalListener&) = delete;
    ~SignalListener();

    const std::set<int>& signals() const { return signals_; }
    int arrived() const { return arrived_; }  ///< 0: none yet

    WaitQueue waiters{WaitQueue::Waker::outside};

private:
    friend class Signals;
    std::set<int> signals_;
    Signals* source_ = nullptr;
    int arrived_ = 0;
};

class Signals {
public:
    explicit Signals(Poller& poller) : poller_(poller) {}
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();

    /// From now on `signal` comes here and not to its default action. Throws std::system_error with
    /// EINVAL for one that cannot be caught, EBUSY when another kernel has it.
    void claim(int signal);

    /// The next signal that came; 0 when there is none.
    int take() noexcept;

    void add(SignalListener& listener);
    void remove(SignalListener& listener) noexcept;

    /// Gives `signal` to the listeners for it whose task `accepts`. False when there is none.
    template <class Accepts>
    bool deliver(int signal, Accepts&& accepts) {
        bool delivered = false;
        for (SignalListener* listener : listeners_) {
            const Task* task = listener->waiters.first();
            if (task != nullptr && listener->signals_.contains(signal) && accepts(*task)) {
                listener->arrived_ = signal;
                delivered = listener->waiters.notify_one() || delivered;
            }
        }
        return delivered;
    }

private:
    Poller& poller_;
    std::set<int> claimed_;
    std::vector<SignalListener*> listeners_;
};

}  // namespace yos
