#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/task_group.h"

namespace yos {

/// Cancels all tasks of a group, as CancelTask does. That they end by it is no failure, and the
/// group takes no more tasks. Never blocks, never fails.
class CancelGroup : public SystemCall<> {
public:
    explicit CancelGroup(TaskGroup& group, std::string why = "cancelled")
        : group_(group), why_(std::move(why)) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        group_.cancel(self.tid(), why_);
        return complete();
    }

    bool interruptible() const override { return false; }

    void print_arguments(std::ostream& out) const override { print_value(out, why_); }

private:
    TaskGroup& group_;
    std::string why_;
};

}  // namespace yos
