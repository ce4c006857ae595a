#pragma once

// Who decides what is open in a run. Where the kernel could go on in one way or in another, and
// both would be right, it asks the oracle, if there is one, which way it is to be. All that it asks
// follows from what it was answered before: so the answers are the schedule, and who gives the same
// ones gets the same run. Without an oracle it is always the first candidate: the oldest task, the
// host's order of events.

#include "tasks/task.h"

#include <cstddef>
#include <cstdint>

namespace yos {

class File;

enum class Choice : std::uint8_t {
    next_task,    ///< which of the ready tasks has its turn
    event_order,  ///< which of the events that came at once is told next
    time_passes,  ///< asked while tasks are ready, on the virtual clock: 1, the next timer is due
                  ///< now
    shorten,      ///< by how many bytes a transfer of a simulated stream falls short
    fault,        ///< asked by hooks: 0, none
};

/// What there is to choose from. To ask how many they are costs nothing; each is looked up when it
/// is asked for.
class Candidates {
public:
    explicit Candidates(std::size_t size) : size_(size) {}
    Candidates(const Candidates&) = delete;
    Candidates& operator=(const Candidates&) = delete;
    virtual ~Candidates() = default;

    std::size_t size() const { return size_; }

    /// Of next_task: the task, with its name and the call that it is in, if any. Otherwise null.
    virtual const Task* task(std::size_t /*candidate*/) const { return nullptr; }

    /// Of event_order: the file of which something is to be told. Otherwise null.
    virtual const File* file(std::size_t /*candidate*/) const { return nullptr; }

private:
    const std::size_t size_;
};

class Oracle {
public:
    virtual ~Oracle() = default;

    /// One of the candidates, by its number from 0 on. It is asked only where there are two or
    /// more.
    virtual std::size_t choose(Choice kind, const Candidates& candidates) = 0;

    /// 64 random bits: what Random answers.
    virtual std::uint64_t random() = 0;
};

}  // namespace yos
