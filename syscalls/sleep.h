#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/time.h"

namespace yos {

/// Lets time pass. Blocks for `duration`, or a little longer; woken by the clock. 0 is a Yield.
/// EINVAL: a negative duration.
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
        return block_until(kernel, self, alarm_, saturating_add(kernel.now(), duration_));
    }

    void print_arguments(std::ostream& out) const override { print_value(out, duration_); }

private:
    Duration duration_;
    Alarm alarm_;
};

}  // namespace yos
