#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Blocks for a while, at least as long as asked; woken by the clock. 0 is a Yield. EINVAL: a
/// negative duration.
class Sleep : public SystemCall<> {
public:
    explicit Sleep(Duration duration) : duration_(duration) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (duration_ < Duration::zero()) {
            return fail(std::errc::invalid_argument);
        }
        if (duration_ == Duration::zero()) {
            return Outcome::Kind::yielded;
        }
        if (std::exchange(asleep_, true)) {
            return complete();
        }
        kernel.timers().set(alarm_, saturating_add(kernel.now(), duration_));
        return block_on(self, alarm_.waiters);
    }

    void print_arguments(std::ostream& out) const override { print_value(out, duration_); }

private:
    Duration duration_;
    bool asleep_ = false;
    Alarm alarm_;
};

}  // namespace yos
