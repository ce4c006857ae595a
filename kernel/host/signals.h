#pragma once

// The host's signals, as one more thing from outside that tasks can wait for. A handler only notes
// the signal and interrupts the poller; the I/O task delivers it. A second SIGINT that finds the
// first one still undelivered ends the process: the way out of a kernel that a task has frozen.
//
// Signals belong to the process, so of several kernels in one process the first to claim one gets
// it.

#include "kernel/host/poller.h"
#include "tasks/tid.h"
#include "tasks/wait_queue.h"

#include <set>
#include <vector>

namespace yos {

class Signals;

/// Somebody who wants to hear of some signals.
class SignalListener {
public:
    explicit SignalListener(std::set<int> signals) : signals_(std::move(signals)) {}
    SignalListener(const SignalListener&) = delete;
    SignalListener& operator=(const SignalListener&) = delete;
    virtual ~SignalListener();

    const std::set<int>& signals() const { return signals_; }

protected:
    /// One of them has come. False when it is of no use to it any more.
    virtual bool arrive(int signal) = 0;

private:
    friend class Signals;
    std::set<int> signals_;
    Signals* source_ = nullptr;
    Tid job_ = kernel_tid;
};

/// A task waiting for one of them.
class SignalWaiter final : public SignalListener {
public:
    using SignalListener::SignalListener;

    int arrived() const { return arrived_; }  ///< 0: none yet

    WaitQueue waiters{WaitQueue::Waker::outside};

protected:
    bool arrive(int signal) override {
        arrived_ = signal;
        return waiters.notify_one();
    }

private:
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

    /// Whoever started the process wants it to take no notice of this signal.
    static bool is_ignored(int signal);

    /// The next signal that came; 0 when there is none.
    int take() noexcept;

    /// `job`: of those who listen.
    void add(SignalListener& listener, Tid job);
    void remove(SignalListener& listener) noexcept;

    /// Gives `signal` to those who listen for it, and of whose job `accepts` says so. False when
    /// there is none.
    template <class Accepts>
    bool deliver(int signal, Accepts&& accepts) {
        bool delivered = false;
        for (SignalListener* listener : listeners_) {
            if (listener->signals_.contains(signal) && accepts(listener->job_)) {
                delivered = listener->arrive(signal) || delivered;
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
