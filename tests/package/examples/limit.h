#pragma once

#include "kernel/system_call.h"

#include <algorithm>

namespace examples {

using namespace yos;

/// So many things may be done in a row, and then one every so often. Kept as the time at which all
/// that was allowed so far would be over, had it been done evenly (the GCRA of ATM networks).
struct Limit {
    Limit(long in_a_row, Duration every) : slack((in_a_row - 1) * every), every(every) {}

    Duration slack;
    Duration every;
    Time even{};
};

/// No oftener than a limit allows. Blocks until it is the caller's time, first come, first served;
/// woken by the clock.
class Pace : public SystemCall<> {
public:
    explicit Pace(Limit& limit) : limit_(limit) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const Time mine = std::max(limit_.even, kernel.now());
        limit_.even = mine + limit_.every;
        return mine - limit_.slack <= kernel.now()
                   ? complete()
                   : block_until(kernel, self, alarm_, mine - limit_.slack);
    }

private:
    Limit& limit_;
    Alarm alarm_;
};

}  // namespace examples
