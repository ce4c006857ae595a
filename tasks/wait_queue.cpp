#include "tasks/wait_queue.h"

#include "tasks/scheduler.h"
#include "tasks/task.h"

namespace yos {

void Waiter::give_up() noexcept {
    if (queue_ == nullptr) {
        return;
    }
    WaitQueue& queue = *queue_;
    const bool unused = woken_;
    queue.unlink(*this);
    if (unused) {
        queue.wake_one();
    }
}

void WaitQueue::join(Waiter& waiter) noexcept {
    if (waiter.queue_ == this) {
        waiter.woken_ = false;
        if (to_wake_ == nullptr || waiter.place_ < to_wake_->place_) {
            to_wake_ = &waiter;
        }
        return;
    }
    waiter.give_up();
    waiter.queue_ = this;
    waiter.place_ = places_++;
    waiter.previous_ = last_;
    waiter.next_ = nullptr;
    (last_ != nullptr ? last_->next_ : first_) = &waiter;
    last_ = &waiter;
    if (to_wake_ == nullptr) {
        to_wake_ = &waiter;
    }
    if (waker_ == Waker::outside) {
        waiter.task_.scheduler().outside_waiters(+1);
    }
}

void WaitQueue::unlink(Waiter& waiter) noexcept {
    (waiter.previous_ != nullptr ? waiter.previous_->next_ : first_) = waiter.next_;
    (waiter.next_ != nullptr ? waiter.next_->previous_ : last_) = waiter.previous_;
    if (to_wake_ == &waiter) {
        to_wake_ = not_woken_from(waiter.next_);
    }
    waiter.queue_ = nullptr;
    waiter.woken_ = false;
    if (waker_ == Waker::outside) {
        waiter.task_.scheduler().outside_waiters(-1);
    }
}

Waiter* WaitQueue::not_woken_from(Waiter* waiter) noexcept {
    while (waiter != nullptr && waiter->woken_) {
        waiter = waiter->next_;
    }
    return waiter;
}

bool WaitQueue::wake_one() {
    Waiter* const waiter = to_wake_;
    if (waiter == nullptr) {
        return false;
    }
    waiter->woken_ = true;
    to_wake_ = not_woken_from(waiter->next_);
    waiter->task_.scheduler().wake(waiter->task_);
    return true;
}

std::size_t WaitQueue::wake_all() {
    std::size_t woken = 0;
    while (wake_one()) {
        ++woken;
    }
    return woken;
}

void WaitQueue::fail_all(std::errc why) {
    while (Waiter* waiter = first_) {
        unlink(*waiter);
        waiter->task_.scheduler().fail(waiter->task_, why);
    }
}

bool WaitQueue::others_ahead_of(const Task& task) const noexcept {
    return first_ != nullptr && !task.waiter().waits_in(*this);
}

}  // namespace yos
