#pragma once

#include "kernel/sync/condition.h"
#include "kernel/system_call.h"

namespace yos {

/// Wakes the first who waits on a condition, or all of them. `whom` is Notify::first or
/// Notify::all. Evaluates to how many were woken. Never blocks, never fails.
class Notify : public SystemCall<std::size_t> {
public:
    enum Whom { first, all };

    explicit Notify(Condition& condition, Whom whom = first) : condition_(condition), whom_(whom) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        WaitQueue& waiters = condition_.waiters();
        return complete(whom_ == all ? waiters.notify_all() : std::size_t{waiters.notify_one()});
    }

    bool interruptible() const override { return false; }
    void print_arguments(std::ostream& out) const override {
        out << (whom_ == all ? "all" : "first");
    }

private:
    Condition& condition_;
    Whom whom_;
};

}  // namespace yos
