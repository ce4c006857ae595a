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
        return;
    }
    waiter.give_up();
    waiter.queue_ = this;
    waiter.previous_ = last_;
    waiter.next_ = nullptr;
    (last_ != nullptr ? last_->next_ : first_) = &waiter;
    last_ = &waiter;
    if (waker_ == Waker::outside) {
        waiter.task_.scheduler().outside_waiters(+1);
    }
}

void WaitQueue::unlink(Waiter& waiter) noexcept {
    (waiter.previous_ != nullptr ? waiter.previous_->next_ : first_) = waiter.next_;
    (waiter.next_ != nullptr ? waiter.next_->previous_ : last_) = waiter.previous_;
    waiter.queue_ = nullptr;
    waiter.woken_ = false;
    if (waker_ == Waker::outside) {
        waiter.task_.scheduler().outside_waiters(-1);
    }
}

bool WaitQueue::wake_one() {
    for (Waiter* waiter = first_; waiter != nullptr; waiter = waiter->next_) {
        if (!waiter->woken_) {
            waiter->woken_ = true;
            waiter->task_.scheduler().wake(waiter->task_);
            return true;
        }
    }
    return false;
}

std::size_t WaitQueue::wake_all() {
    std::size_t woken = 0;
    for (Waiter* waiter = first_; waiter != nullptr; waiter = waiter->next_) {
        if (!waiter->woken_) {
            waiter->woken_ = true;
            waiter->task_.scheduler().wake(waiter->task_);
            ++woken;
        }
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
