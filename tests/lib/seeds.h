#pragma once

// Tests that must hold whatever the order in which tasks run: each is run with many seeds, while a
// villain ends waits at random.

#include "syscalls/random.h"
#include "tests/lib/actors.h"
#include "tests/lib/volume.h"

#include <functional>

namespace yos {

/// Calls run(machine) with a machine for each of many seeds, and of several quanta.
template <class Run>
void for_many_seeds(Run&& run) {
    for (std::uint64_t seed = 0; seed < volume(std::uint64_t{200}); ++seed) {
        INFO("seed " << seed);
        Kernel::Options options = Machine::options();
        options.seed = seed;
        options.quantum = 1 + seed % 5;
        Machine machine(options);
        machine.kernel().detach(machine.record);  // there would be much to write down
        run(machine);
        CHECK(machine.kernel().log().recent() == std::vector<std::string>());  // nobody failed
    }
}

/// Cancels one of `victims` after the other, or kills it where `may_kill` says so, at random.
inline Coroutine<> harass(std::vector<Tid> victims, std::function<bool(Tid)> may_kill) {
    for (int round = 0; round < 40; ++round) {
        const std::uint64_t dice = co_yield Random{};
        const Tid victim = victims[dice % victims.size()];
        const bool kill = dice / 256 % 4 == 0 && may_kill(victim);
        if (kill) {
            co_yield KillTask{victim};
        } else {
            co_yield CancelTask{victim};
        }
        if (dice / 1024 % 2 == 0) {
            co_yield Sleep{1ms};
        }
    }
}

inline bool kill_nobody(Tid /*victim*/) {
    return false;
}

/// Looks, as often as time goes on and so at moments when all others wait, whether they should.
/// Others sleep and time out on whole milliseconds.
inline Coroutine<> inspect(std::function<bool()> all_is_well, int& faults) {
    co_yield Sleep{500us};
    for (int round = 0; round < 60; ++round) {
        faults += all_is_well() ? 0 : 1;
        co_yield Sleep{1ms};
    }
}

/// Lets others run, and is content when it is interrupted.
inline Coroutine<> pause() {
    try {
        co_yield Yield{};
    } catch (const Interruption&) {
    }
}

/// Lets time go on, and is content when it is interrupted.
inline Coroutine<> nap() {
    try {
        co_yield Sleep{1ms};
    } catch (const Interruption&) {
    }
}

}  // namespace yos
