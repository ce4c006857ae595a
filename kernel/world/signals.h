#pragma once

// Signals, as one more thing from outside that tasks can wait for. They come with all else that the
// I/O task takes in; the kernel does with them what it does of its own, and gives them to the files
// that listen.

#include "tasks/tid.h"
#include "tasks/wait_queue.h"

#include <optional>
#include <set>
#include <vector>

namespace yos {

class SignalFile;

class Signals {
public:
    Signals() = default;
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    virtual ~Signals() = default;

    /// From now on `signal` comes here and not to its default action. Throws std::system_error with
    /// EINVAL for one that cannot be caught, EBUSY when another kernel has it.
    virtual void claim(int signal) = 0;

    /// Who wakes those that wait for a signal: nobody, where none ever comes.
    virtual WaitQueue::Waker waker() const { return WaitQueue::Waker::outside; }

    /// Gives out a signal that came; 0 when there is none any more.
    virtual int next() noexcept = 0;

    /// From now on the file hears of its signals. Throws as claim() does.
    void add(SignalFile& file);
    void remove(SignalFile& file) noexcept;

    /// Tells the files that listen for `signal`, of one job only if there is one. Which tasks have
    /// opened them?
    std::set<Tid> deliver(int signal, std::optional<Tid> job);

private:
    std::vector<SignalFile*> files_;
};

}  // namespace yos
