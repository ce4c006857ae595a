#pragma once

// Where blocked tasks wait, first come, first served. Everything that several tasks can wait for (a
// descriptor, an exit, a lock, an event) has a WaitQueue. As in xv6's sleep loop, to be woken is a
// hint, not a gift: the task's call is handled again and takes what it came for, or waits on.
//
// A woken task keeps its place in line until its call is done. So nobody overtakes it, and if it is
// killed, cancelled or timed out instead, its wake-up goes to the next in line. A wake-up that
// finds only woken tasks in line is kept for whoever queues up behind them. So nothing handed over
// is ever lost, and the author of a call writes no code for that.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <system_error>

namespace yos {

class Task;
class WaitQueue;

/// A task's place in a queue: every task has one.
class Waiter {
public:
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// Leaves the queue having got what it came for; a wake-up that was kept goes to the next.
    inline void leave() noexcept;

    /// Leaves the queue without; an unused wake-up goes to the next.
    inline void give_up() noexcept;

    bool waits_in(const WaitQueue& queue) const noexcept { return queue_ == &queue; }

protected:
    Waiter() = default;
    ~Waiter() = default;  // REQUIRES: it waits nowhere any more

private:
    friend class WaitQueue;

    Task& task() noexcept;

    WaitQueue* queue_ = nullptr;
    Waiter* previous_ = nullptr;
    Waiter* next_ = nullptr;
};

class WaitQueue {
public:
    /// Who wakes those who wait here: other tasks, or the world outside the kernel. While a task
    /// waits for the outside, blocked tasks are no deadlock.
    enum class Waker : bool { task, outside };

    explicit WaitQueue(Waker waker = Waker::task) noexcept : waker_(waker) {}
    WaitQueue(const WaitQueue&) = delete;
    WaitQueue& operator=(const WaitQueue&) = delete;

    /// Fails the calls that still wait with std::errc::identifier_removed.
    ~WaitQueue() {
        if (!empty()) {
            fail_all(std::errc::identifier_removed);
        }
    }

    /// Puts the waiter at the end of the line; one that stands in line already keeps its place.
    void join(Waiter& waiter) noexcept;

    /// There is one thing more to be had, a permit or an item: wakes the first who is not yet
    /// woken.
    void wake_one() {
        if (first_ != nullptr) {
            wake_or_owe();
        }
    }

    /// There may be something for everybody: wakes the first, who wakes the next when he has got
    /// what he came for, and so on until one finds nothing left.
    void wake_in_turn();

    /// Wakes the first who is not yet woken; false when there is none, and then nothing is kept.
    /// For events that happen to those who wait at the time, as a condition variable's do.
    bool notify_one();

    /// Likewise everybody; says how many.
    std::size_t notify_all();

    /// Completes the calls of everybody, for what they waited for has happened to all of them: a
    /// wake-up is a hint, this is not. REQUIRES: calls that have their result, or need none.
    void complete_all();

    /// Fails the calls of everybody with `why`.
    void fail_all(std::errc why);

    bool empty() const noexcept { return first_ == nullptr; }

    /// True when that task would have to queue up behind somebody.
    bool others_ahead_of(const Waiter& task) const noexcept {
        return first_ != nullptr && !task.waits_in(*this);
    }

    /// The task at the head of the line; null when nobody waits.
    Task* first() const noexcept;

private:
    friend class Waiter;

    static constexpr std::uint32_t for_all = std::numeric_limits<std::uint32_t>::max();

    void wake_or_owe();
    void wake_first();
    bool unlink(Waiter& waiter) noexcept;  // true when it was woken
    void unlink_served(Waiter& waiter) noexcept;
    void unlink_unserved(Waiter& waiter) noexcept;
    static bool woken(Waiter& waiter) noexcept;
    static bool all_woken_before(Waiter* waiter) noexcept;
    static Waiter* not_woken_from(Waiter* waiter) noexcept;

    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
    Waiter* to_wake_ = nullptr;  // the first who is not woken: waking costs the same in any line
    std::uint32_t owed_ = 0;     // wake-ups for those who queue up behind the woken
    Waker waker_;
};

void Waiter::leave() noexcept {
    if (queue_ != nullptr) {
        queue_->unlink_served(*this);
    }
}

void Waiter::give_up() noexcept {
    if (queue_ != nullptr) {
        queue_->unlink_unserved(*this);
    }
}

}  // namespace yos
