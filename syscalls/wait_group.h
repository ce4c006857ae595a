#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/task_group.h"

namespace yos {

/// Waits until no task of a group is left. Blocks until then; woken by the end of the last of them.
/// See join, which also cancels them when the caller is interrupted. EDEADLK: the caller is one of
/// them. Throws what the first that failed has thrown.
class WaitGroup : public SystemCall<> {
public:
    explicit WaitGroup(TaskGroup& group) : group_(group) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (self.member() != nullptr && &self.member()->group == &group_) {
            return fail(std::errc::resource_deadlock_would_occur);
        }
        if (group_.size() > 0) {
            return block_on(self, group_.waiters);
        }
        if (!group_.failures().empty()) {
            std::rethrow_exception(group_.failures().front());
        }
        return complete();
    }

    void print_arguments(std::ostream& out) const override { out << group_.size() << " left"; }

private:
    TaskGroup& group_;
};

}  // namespace yos
