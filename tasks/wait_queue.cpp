#include "tasks/wait_queue.h"

#include "tasks/branch.h"
#include "tasks/task.h"
#include "tasks/upcalls.h"

namespace yos {

Task& Waiter::task() noexcept {
    return is_branch() ? static_cast<Branch&>(*this).task_ : static_cast<Task&>(*this);
}

void Waiter::complete() noexcept {
    if (is_branch()) {
        static_cast<Branch&>(*this).end(Outcome::Kind::completed);
    } else {
        task().upcalls().complete(task());
    }
}

void Waiter::fail(std::errc why) noexcept {
    if (is_branch()) {
        static_cast<Branch&>(*this).end(Outcome(why));
    } else {
        task().upcalls().fail(task(), why);
    }
}

void WaitQueue::join(Waiter& waiter) noexcept {
    ++waiter.task().upcalls().waits;
    if (waiter.waits_in(*this)) {
        if (waiter.is_woken()) {
            owed_ = 0;  // it has found nothing, so nobody will
        }
        waiter.stand_in(*this);
        if (to_wake_ == nullptr || all_woken_before(&waiter)) {
            to_wake_ = &waiter;
        }
        return;
    }
    waiter.leave_unserved();
    waiter.stand_in(*this);
    waiter.previous_ = last_;
    waiter.next_ = nullptr;
    (last_ != nullptr ? last_->next_ : first_) = &waiter;
    last_ = &waiter;
    if (to_wake_ == nullptr) {
        to_wake_ = &waiter;
    }
    if (waker_ == Waker::outside) {
        waiter.task().upcalls().outside_waiters(+1);
    }
}

[[gnu::always_inline]] inline bool WaitQueue::unlink(Waiter& waiter) noexcept {
    (waiter.previous_ != nullptr ? waiter.previous_->next_ : first_) = waiter.next_;
    (waiter.next_ != nullptr ? waiter.next_->previous_ : last_) = waiter.previous_;
    if (to_wake_ == &waiter) {
        to_wake_ = not_woken_from(waiter.next_);
    }
    const bool was_woken = waiter.is_woken();
    waiter.stand_nowhere();
    if (waker_ == Waker::outside) {
        waiter.task().upcalls().outside_waiters(-1);
    }
    if (first_ == nullptr) {
        owed_ = 0;
    }
    return was_woken;
}

[[gnu::always_inline]] inline void WaitQueue::wake_first() {
    Waiter& waiter = *to_wake_;
    waiter.where_ |= Waiter::woken;
    to_wake_ = not_woken_from(waiter.next_);
    Task& task = waiter.task();
    task.upcalls().wake(task);
}

void WaitQueue::unlink_served(Waiter& waiter) noexcept {
    if (unlink(waiter) && owed_ > 0 && to_wake_ != nullptr) {
        owed_ -= owed_ == for_all ? 0 : 1;
        wake_first();
    }
}

void WaitQueue::unlink_unserved(Waiter& waiter) noexcept {
    if (unlink(waiter)) {
        wake_one();
    }
}

/// Those who were woken run in turn, and then have left or count as woken no longer: so there is
/// hardly ever anybody to step over.
bool WaitQueue::all_woken_before(Waiter* waiter) noexcept {
    do {
        waiter = waiter->previous_;
    } while (waiter != nullptr && waiter->is_woken());
    return waiter == nullptr;
}

Waiter* WaitQueue::not_woken_from(Waiter* waiter) noexcept {
    while (waiter != nullptr && waiter->is_woken()) {
        waiter = waiter->next_;
    }
    return waiter;
}

void WaitQueue::wake_or_owe() {
    if (to_wake_ != nullptr) {
        wake_first();
    } else if (owed_ != for_all) {
        ++owed_;
    }
}

void WaitQueue::wake_in_turn() {
    if (first_ != nullptr) {
        wake_or_owe();
        owed_ = for_all;
    }
}

bool WaitQueue::notify_one() {
    if (to_wake_ == nullptr) {
        return false;
    }
    wake_first();
    return true;
}

std::size_t WaitQueue::notify_all() {
    std::size_t woken = 0;
    while (notify_one()) {
        ++woken;
    }
    return woken;
}

void WaitQueue::complete_all() {
    owed_ = 0;
    while (Waiter* waiter = first_) {
        unlink(*waiter);
        waiter->complete();
    }
}

void WaitQueue::fail_all(std::errc why) {
    owed_ = 0;
    while (Waiter* waiter = first_) {
        unlink(*waiter);
        waiter->fail(why);
    }
}

Task* WaitQueue::first() const noexcept {
    return first_ != nullptr ? &first_->task() : nullptr;
}

}  // namespace yos
