#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/time_zone.h"

namespace yos {

/// What zone is it here, at some time of day? Tells how far that is from UTC then, be it summer or
/// winter; calendar_of makes a date of both. A virtual world has UTC. Never blocks. Never fails.
/// (localtime of Unix)
class GetTimeZone : public SystemCall<TimeZone> {
public:
    explicit GetTimeZone(WallTime at) : at_(at) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        return complete(kernel.clock().zone_at(at_));
    }

    void print_arguments(std::ostream& out) const override {
        print_value(out, at_.time_since_epoch());
    }

private:
    WallTime at_;
};

}  // namespace yos
