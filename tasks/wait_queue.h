#pragma once

// Where blocked tasks wait, first come, first served. Everything that several tasks can wait for (a
// descriptor, an exit, a lock, an event) has a WaitQueue. As in xv6's sleep loop, to be woken is a
// hint, not a gift: the task's call is handled again and takes what it came for, or waits on.
//
// A woken task keeps its place in line until its call is done. So nobody overtakes it, and if it is
// killed, cancelled or timed out instead, its wake-up goes to the next in line. A wake-up that
// finds only woken tasks in line is kept for whoever queues up behind them. So nothing handed over
// is ever lost, and the author of a call writes no code for that.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <system_error>

namespace yos {

class Task;
class WaitQueue;

/// A place in a queue. Every task is one; a call that waits for several things at once has more of
/// them for its task: see Branch.
class Waiter {
public:
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// Leaves the queue having got what it came for; a wake-up that was kept goes to the next.
    inline void leave_served() noexcept;

    /// Leaves the queue without; an unused wake-up goes to the next.
    inline void leave_unserved() noexcept;

    bool waits() const noexcept { return where_ >= queue_alignment; }
    bool waits_in(const WaitQueue& queue) const noexcept {
        return waits() && &this->queue() == &queue;
    }

    /// What it waited for has happened, or never will: its task's call is completed, or fails.
    void complete() noexcept;
    void fail(std::errc why) noexcept;

    /// Who waits.
    Task& task() noexcept;

protected:
    Waiter() = default;
    ~Waiter() { assert(!waits() && "a waiter must leave its queue before it is destroyed"); }

private:
    friend class Branch;
    friend class WaitQueue;

    // The queue's address has room for these.
    static constexpr std::uintptr_t woken = 1;   // in that queue
    static constexpr std::uintptr_t branch = 2;  // it is a Branch, and not a task
    static constexpr std::uintptr_t queue_alignment = 4;

    explicit Waiter(std::uintptr_t kind) : where_(kind) {}

    bool is_branch() const noexcept { return (where_ & branch) != 0; }
    bool is_woken() const noexcept { return (where_ & woken) != 0; }
    WaitQueue& queue() const noexcept {
        return *reinterpret_cast<WaitQueue*>(where_ & ~(queue_alignment - 1));
    }
    void stand_in(WaitQueue& queue) noexcept {
        where_ = reinterpret_cast<std::uintptr_t>(&queue) | (where_ & branch);
    }
    void stand_nowhere() noexcept { where_ &= branch; }

    std::uintptr_t where_ = 0;
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

    /// Wakes all who are not yet woken, and says how many. For those who come later nothing is
    /// kept.
    std::size_t notify_all();

    /// Completes the calls of everybody, for what they waited for has happened to all of them: a
    /// wake-up is a hint, this is not. For calls that have their result, or need none: in Debug one
    /// that lacks it throws std::logic_error.
    void complete_all();

    /// Fails the calls of everybody with `why`.
    void fail_all(std::errc why);

    bool empty() const noexcept { return first_ == nullptr; }

    /// How many wait. Counts them.
    std::size_t size() const noexcept {
        std::size_t count = 0;
        for (const Waiter* waiter = first_; waiter != nullptr; waiter = waiter->next_) {
            ++count;
        }
        return count;
    }

    /// True when that task would have to queue up behind somebody.
    inline bool others_ahead_of(Task& task) const noexcept;

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
    static bool all_woken_before(Waiter* waiter) noexcept;
    static Waiter* not_woken_from(Waiter* waiter) noexcept;

    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
    Waiter* to_wake_ = nullptr;  // the first who is not woken: waking costs the same in any line

    // How many wake-ups came when all in line were woken already: they are kept for those who queue
    // up behind. When a woken one leaves with what it came for, it passes one of them on to the
    // next in line; when it finds nothing and waits on, nobody would find anything, and they are
    // dropped. for_all: as many as there will be waiters.
    std::uint32_t owed_ = 0;

    Waker waker_;
};

void Waiter::leave_served() noexcept {
    if (waits()) {
        queue().unlink_served(*this);
    }
}

void Waiter::leave_unserved() noexcept {
    if (waits()) {
        queue().unlink_unserved(*this);
    }
}

}  // namespace yos
