#pragma once

#include "kernel/sync/condition.h"
#include "kernel/sync/mutex.h"
#include "kernel/system_call.h"

namespace yos {

/// Of wait_on: a notification that it waits for. One that has come and is not used, because the
/// task was killed before it had the mutex, goes to the next in line.
class Notification {
public:
    explicit Notification(Condition& condition) : line_(condition.line()) {}
    Notification(const Notification&) = delete;
    Notification& operator=(const Notification&) = delete;
    ~Notification() {
        if (stage_ == Stage::come) {
            line_->waiters.notify_one();
        }
    }

    bool awaited() const { return stage_ != Stage::none; }
    void await() { stage_ = Stage::awaited; }
    void come() { stage_ = Stage::come; }
    void use() { stage_ = Stage::used; }
    WaitQueue& waiters() { return line_->waiters; }

private:
    enum class Stage { none, awaited, come, used };

    Ref<Condition::Line> line_;
    Stage stage_ = Stage::none;
};

/// Of wait_on: gives the mutex back and, in the same step, joins those who wait. Blocks until it is
/// notified; woken by Notify, first come, first served. Returns without the mutex. EPERM: the
/// caller does not hold the mutex. EIDRM: the condition was destroyed meanwhile.
class AwaitNotification : public SystemCall<> {
public:
    explicit AwaitNotification(Notification& notification, Mutex& mutex)
        : notification_(notification), mutex_(mutex) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (notification_.awaited()) {
            notification_.come();
            return complete();
        }
        if (mutex_.owner() != &self) {
            return fail(std::errc::operation_not_permitted);
        }
        notification_.await();
        mutex_.unlock();
        return block_on(self, notification_.waiters());
    }

private:
    Notification& notification_;
    Mutex& mutex_;
};

}  // namespace yos
