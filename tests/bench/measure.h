#pragma once

// What the C++ programs of the bench share, yos's and its peers': how a measurement is told to the
// driver. It is a counter of the benchmark: "each" is what an operation takes, "s" is what all of
// it takes, both in seconds, and "bytes" is per task. Times are the processor's, not the wall
// clock's, so that whatever else the host does counts less.

#include <benchmark/benchmark.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <unistd.h>

namespace bench {

/// Tells the processor time of each of `operations`, which is how many all iterations did together.
inline void report(benchmark::State& state, double operations) {
    using benchmark::Counter;
    state.counters["each"] = Counter(operations, Counter::kIsRate | Counter::kInvert);
}

/// Measures `run` alone, not the making and unmaking of what it runs on: `make` gives an object
/// that `run` is called with. Each round does `operations`.
template <class Make, class Run>
void measure(benchmark::State& state, long operations, Make make, Run run) {
    while (state.KeepRunning()) {
        state.PauseTiming();
        {
            auto machine = make();
            state.ResumeTiming();
            run(*machine);
            state.PauseTiming();
        }
        state.ResumeTiming();
    }
    report(state, static_cast<double>(state.iterations()) * static_cast<double>(operations));
}

/// The memory of the process that is in use, in bytes.
inline double resident_bytes() {
    long all = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return static_cast<double>(resident * ::sysconf(_SC_PAGESIZE));
}

/// The processor time that the process has taken, in seconds.
inline double cpu_seconds() {
    std::timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// How long the `i`th of `n` tasks shall sleep: all over two seconds, in no order.
inline std::chrono::nanoseconds spread(long i, long n) {
    constexpr long prime = 7'919;
    return i * prime % n * std::chrono::nanoseconds(std::chrono::seconds(2)) / n;
}

}  // namespace bench
