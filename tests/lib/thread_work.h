#pragma once

// What tests of InThread share: a function whose progress can be watched and steered.

#include "syscalls/in_thread.h"
#include "syscalls/yield.h"
#include "tests/lib/loopback.h"

#include <atomic>
#include <thread>

namespace yos {

/// The clock stands still while a function runs, so Sleep would not do.
template <class Condition>
inline Coroutine<> yield_until(Condition condition) {
    while (!condition()) {
        co_yield Yield{};
    }
}

inline void spin_until(const std::atomic<bool>& flag) {
    while (!flag) {
        std::this_thread::yield();
    }
}

/// A function's progress. REQUIRES: outlives the machine, and with it the machine's threads.
struct Progress {
    std::atomic<bool> begun = false;
    std::atomic<bool> may_end = false;
    std::atomic<bool> ended = false;
};

inline Coroutine<> work_in_thread(Progress& progress, bool& done) {
    auto work = [&progress] {
        progress.begun = true;
        spin_until(progress.may_end);
        progress.ended = true;
    };
    co_yield InThread{work};
    done = true;
}

}  // namespace yos
