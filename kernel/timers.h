#pragma once

// Points in time that something waits for: a heap with the earliest at the root, four children to a
// node (half the levels of a binary one, and a node's children share a cache line or two). A timer
// lives in whoever waits for it and leaves the heap when that one is destroyed.

#include "kernel/time.h"
#include "tasks/wait_queue.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace yos {

class Timers;

class Timer {
public:
    Timer() = default;
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Its time has come; it has left the heap.
    virtual void expire() = 0;

protected:
    ~Timer();

private:
    friend class Timers;
    Timers* timers_ = nullptr;  ///< null when not set
    std::size_t slot_ = 0;      ///< where in the heap
};

/// A timer that wakes the tasks waiting for it.
class Alarm final : public Timer {
public:
    void expire() override { waiters.wake_all(); }

    WaitQueue waiters{};
};

class Timers {
public:
    /// Sets `timer` to expire at `when`. Timers for the same time expire in the order they were
    /// set.
    void set(Timer& timer, Time when);

    void remove(Timer& timer) noexcept;

    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }

    /// When the next one is due; none when there is none.
    std::optional<Time> next() const;

    /// Expires all that are due at `now`, the earliest first.
    void expire_until(Time now);

private:
    struct Entry {
        Time when;
        std::uint64_t order;
        Timer* timer;

        bool before(const Entry& other) const {
            return when != other.when ? when < other.when : order < other.order;
        }
    };
    static constexpr std::size_t arity = 4;

    void place(std::size_t slot, const Entry& entry);
    void sift_up(std::size_t slot, Entry entry);
    void sift_down(std::size_t slot, Entry entry);

    std::vector<Entry> heap_;
    std::uint64_t order_ = 0;
};

}  // namespace yos
