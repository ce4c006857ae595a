#include "syscalls/clear_event.h"
#include "syscalls/set_event.h"
#include "syscalls/wait_event.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/seeds.h"

#include <algorithm>
#include <map>
#include <set>

namespace yos {
namespace {

/// What those who waited for a task heard of its end, by its tid.
using Heard = std::map<Tid, std::multiset<std::string>>;

Coroutine<> wait_until_told(Heard& heard, Tid tid) {
    for (bool told = false; !told;) {
        try {
            const std::optional<ExitStatus> status = co_yield WaitTask{tid};
            heard[tid].insert(in_words(status));
            told = true;
        } catch (const Cancelled&) {
        }
    }
}

Coroutine<int> live(int lives) {
    for (int i = 0; i < lives; ++i) {
        co_await pause();
        co_await nap();
    }
    co_return lives;
}

constexpr int children = 6;

/// Starts children that only end by themselves or by being killed, and strangers that wait for
/// them.
Coroutine<> start(Heard& heard, Kernel& kernel) {
    std::vector<Tid> victims;
    std::vector<Tid> started;
    for (int i = 0; i < children; ++i) {
        const Tid child = co_yield NewTask{live(i)}.joinable();
        started.push_back(child);
        victims.push_back(child);
        for (int waiter = 0; waiter < 3; ++waiter) {
            victims.push_back(kernel.spawn(wait_until_told(heard, child)));
        }
    }
    kernel.spawn(harass(victims, [=](Tid victim) {
        return std::count(started.begin(), started.end(), victim) > 0;
    }));
    for (const Tid child : started) {
        co_await wait_until_told(heard, child);
    }
}

TEST_CASE("Whatever the order, all who wait for a task hear the same of its end",
          "[syscalls][seeds]") {
    for_many_seeds([](Machine& machine) {
        Heard heard;
        CHECK(machine.run(start(heard, machine.kernel())) == Ending::finished);
        CHECK(heard.size() == children);
        for (const auto& [tid, ends] : heard) {
            CHECK(ends.size() == 4);
            std::set<std::string> kinds(ends.begin(), ends.end());
            kinds.erase("none");  // heard by a stranger who came after the parent had waited
            CHECK(kinds.size() == 1);
        }
    });
}

struct Signal {
    Event event;
    int times = 0;  ///< that it has happened
    int seen = 0;
    int seen_early = 0;  ///< which must not be
};

Coroutine<> await_event(Signal& signal) {
    const bool happened_before = signal.event.happened;
    const int times_before = signal.times;
    co_yield WaitEvent{signal.event};
    ++signal.seen;
    signal.seen_early += !happened_before && signal.times == times_before ? 1 : 0;
}

Coroutine<> await_events(Signal& signal) {
    for (int i = 0; i < 10; ++i) {
        try {
            co_await with_timeout(1ms + i % 3 * 1ms, await_event(signal));
        } catch (const TimedOut&) {
        } catch (const Cancelled&) {
        }
    }
}

Coroutine<> set_and_clear_often(Signal& signal) {
    for (int i = 0; i < 10; ++i) {
        ++signal.times;
        co_yield SetEvent{signal.event};
        co_await pause();
        co_yield ClearEvent{signal.event};
        co_await nap();
    }
}

TEST_CASE("Whatever the order, nobody sees an event that has not happened", "[event][seeds]") {
    for_many_seeds([](Machine& machine) {
        Kernel& kernel = machine.kernel();
        Signal signal;
        std::vector<Tid> waiting;
        for (int i = 0; i < 5; ++i) {
            waiting.push_back(kernel.spawn(await_events(signal)));
        }
        int faults = 0;
        kernel.spawn(set_and_clear_often(signal));
        kernel.spawn(inspect([&] { return !signal.event.happened || signal.event.waiters.empty(); },
                             faults));
        kernel.spawn(harass(waiting, [](Tid /*victim*/) { return true; }));
        CHECK(kernel.run() == Ending::finished);
        CHECK(faults == 0);
        CHECK(signal.seen_early == 0);
        CHECK(signal.seen > 0);
    });
}

}  // namespace
}  // namespace yos
