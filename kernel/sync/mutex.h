#pragma once

// A lock that one task at a time holds; see Lock and Unlock. Its owner must unlock it before it
// ends: a dead owner may have left what the lock guards half done, so the lock is broken and says
// so, loudly.

#include "tasks/contract.h"
#include "tasks/task.h"
#include "tasks/wait_queue.h"

#include <string>

namespace yos {

class Mutex final : public Held {
public:
    Mutex() = default;
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;
    ~Mutex() {
        if (owner_ != nullptr) {
            owner_->gave_back(*this);
        }
    }

    /// Null when it is free.
    const Task* owner() const { return owner_; }
    bool broken() const { return broken_; }

    /// In Debug throws std::logic_error unless it is free.
    void lock(Task& task) {
        check_in_debug(owner_ == nullptr, [&] {
            return "Mutex::lock: task " + std::to_string(owner_->tid()) +
                   " holds it: wait in `waiters` until it is free";
        });
        owner_ = &task;
        task.holds(*this);
    }

    /// In Debug throws std::logic_error when it is free.
    void unlock() {
        check_in_debug(owner_ != nullptr,
                       "Mutex::unlock: nobody holds it: its owner unlocks it, once");
        owner_->gave_back(*this);
        owner_ = nullptr;
        waiters.wake_one();
    }

    void owner_died(const Task& /*owner*/) noexcept override {
        owner_ = nullptr;
        broken_ = true;
        waiters.fail_all(std::errc::owner_dead);
    }

    WaitQueue waiters{};

private:
    Task* owner_ = nullptr;
    bool broken_ = false;
};

}  // namespace yos
