#pragma once

#include "kernel/system_call.h"
#include "kernel/time/deadline.h"
#include "kernel/uapi/time.h"

namespace yos {

/// Of with_timeout: interrupts the caller after a while, unless `deadline` is gone by then. Never
/// blocks. EINVAL: a negative duration.
class SetDeadline : public SystemCall<> {
public:
    explicit SetDeadline(Deadline& deadline, Duration limit) : deadline_(deadline), limit_(limit) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (limit_ < Duration::zero()) {
            return fail(std::errc::invalid_argument);
        }
        deadline_.set(kernel.timers(), self, saturating_add(kernel.now(), limit_));
        return complete();
    }

    void print_arguments(std::ostream& out) const override { print_value(out, limit_); }

private:
    Deadline& deadline_;
    Duration limit_;
};

}  // namespace yos
