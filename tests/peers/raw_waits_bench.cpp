// Many that wait, by bare coroutine handles: in a list, or in a heap by time.

#include "tests/peers/raw.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace raw {
namespace {

using benchmark::State;

/// Waits for ever: a link in a list of those that do.
struct Park {
    bool await_ready() { return false; }
    void await_suspend(Handle handle) {
        self = handle;
        next = std::exchange(parked, this);
    }
    void await_resume() {}

    Handle self;
    Park* next = nullptr;
    static inline Park* parked = nullptr;
};

Task park() {
    co_await Park{};
}

void parked_memory(State& state) {
    constexpr long tasks = 1'000'000;
    while (state.KeepRunning()) {
        const double before = bench::resident_bytes();
        for (long i = 0; i < tasks; ++i) {
            park().handle.resume();
        }
        state.counters["bytes"] = (bench::resident_bytes() - before) / double{tasks};
    }
    while (Park::parked != nullptr) {
        std::exchange(Park::parked, Park::parked->next)->self.destroy();
    }
}
BENCHMARK(parked_memory)->Name("parked-memory")->Iterations(1);

using Clock = std::chrono::steady_clock;

/// Those asleep: a heap with the earliest at the root.
class Alarms {
public:
    void set(Clock::time_point when, Handle handle) {
        heap_.push_back({when, handle});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }

    void run() {
        while (!heap_.empty()) {
            std::this_thread::sleep_until(heap_.front().when);
            const Clock::time_point now = Clock::now();
            while (!heap_.empty() && heap_.front().when <= now) {
                std::pop_heap(heap_.begin(), heap_.end(), later);
                const Handle due = heap_.back().handle;
                heap_.pop_back();
                due.resume();
            }
        }
    }

private:
    struct Alarm {
        Clock::time_point when;
        Handle handle;
    };
    static bool later(const Alarm& one, const Alarm& other) { return one.when > other.when; }

    std::vector<Alarm> heap_;
};

Alarms alarms;

struct Sleep {
    bool await_ready() { return false; }
    void await_suspend(Handle self) { alarms.set(Clock::now() + duration, self); }
    void await_resume() {}

    std::chrono::nanoseconds duration;
};

Task sleep(std::chrono::nanoseconds duration) {
    co_await Sleep{duration};
}

void sleeps(State& state) {
    constexpr long sleeps = 1'000'000;
    while (state.KeepRunning()) {
        const double before = bench::cpu_seconds();
        for (long i = 0; i < sleeps; ++i) {
            sleep(bench::spread(i, sleeps)).handle.resume();
        }
        alarms.run();
        state.counters["s"] = bench::cpu_seconds() - before;
    }
}
BENCHMARK(sleeps)->Name("sleeps-1m")->Iterations(1);

}  // namespace
}  // namespace raw
