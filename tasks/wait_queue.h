#pragma once

// Where blocked tasks wait, first come, first served. Everything that several tasks can wait for (a
// descriptor, an exit, a lock, an event) has a WaitQueue. As in xv6's sleep loop, to be woken is a
// hint, not a gift: the task's call is handled again and takes what it came for, or waits on.
//
// A woken task keeps its place in line until its call is done. So nobody overtakes it, and if it is
// killed, cancelled or timed out instead, its wake-up goes to the next in line: nothing handed over
// is ever lost, and the author of a call writes no code for that.
//
// What the author sees to: a call that takes something and leaves more behind wakes the next in
// line. That one may have queued up behind a woken task when there was nobody left to be woken.

#include <cstddef>
#include <system_error>

namespace yos {

class Task;
class WaitQueue;

/// A task's place in a queue: every task has one.
class Waiter {
public:
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// Leaves the queue having got what it came for.
    inline void leave() noexcept;

    /// Leaves the queue without; passes an unused wake-up on to the next in line.
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

    /// Wakes the first who is not yet woken. False when there is none.
    bool wake_one() {
        if (to_wake_ == nullptr) {
            return false;
        }
        wake_first();
        return true;
    }

    /// Wakes everybody; says how many.
    std::size_t wake_all();

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

    void wake_first();
    void unlink(Waiter& waiter) noexcept;
    void unlink_and_pass_on(Waiter& waiter) noexcept;
    static bool woken(Waiter& waiter) noexcept;
    static bool all_woken_before(Waiter* waiter) noexcept;
    static Waiter* not_woken_from(Waiter* waiter) noexcept;

    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
    Waiter* to_wake_ = nullptr;  // the first who is not woken: waking costs the same in any line
    Waker waker_;
};

void Waiter::leave() noexcept {
    if (queue_ != nullptr) {
        queue_->unlink(*this);
    }
}

void Waiter::give_up() noexcept {
    if (queue_ != nullptr) {
        queue_->unlink_and_pass_on(*this);
    }
}

}  // namespace yos
