#include "syscalls/acquire.h"
#include "syscalls/lock.h"
#include "syscalls/release.h"
#include "syscalls/unlock.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/seeds.h"

#include <set>

namespace yos {
namespace {

constexpr int tasks = 5;
constexpr int visits = 8;

/// Who is in a room that a lock guards, and the most there ever were.
struct Room {
    int inside = 0;
    int most = 0;
    int visits = 0;
};

/// Once it is in, a cancellation waits until it is out again.
Coroutine<> be_inside(Room& room) {
    room.most = std::max(room.most, ++room.inside);
    co_await pause();
    if (++room.visits % 3 == 0) {
        co_await nap();
    }
    --room.inside;
}

Coroutine<> acquire(Semaphore& semaphore) {
    co_yield Acquire{semaphore};
}

Coroutine<> visit_by_permit(Semaphore& semaphore, Room& room) {
    for (int i = 0; i < visits; ++i) {
        bool in = false;
        try {
            co_await with_timeout(1ms + i % 3 * 1ms, acquire(semaphore));
            in = true;
        } catch (const TimedOut&) {
        } catch (const Cancelled&) {
        }
        if (in) {
            co_await be_inside(room);
            co_yield Release{semaphore};
        }
    }
}

/// Knows who has a permit, also who was not told yet.
class PermitHolders final : public Observer {
public:
    void completed(const Task& task, const Trap& trap, Outcome outcome) override {
        if (outcome.kind() == Outcome::Kind::completed && dynamic_cast<const Acquire*>(&trap)) {
            holders.insert(task.tid());
        } else if (dynamic_cast<const Release*>(&trap) != nullptr) {
            holders.erase(task.tid());
        }
    }

    std::set<Tid> holders;
};

TEST_CASE("Whatever the order, a semaphore neither loses nor doubles a permit",
          "[semaphore][seeds]") {
    for (const std::size_t permits : {1, 2, 3}) {
        for_many_seeds([&](Machine& machine) {
            Kernel& kernel = machine.kernel();
            Semaphore semaphore(permits);
            Room room;
            PermitHolders observer;
            kernel.attach(observer);
            std::vector<Tid> visitors;
            for (int i = 0; i < tasks; ++i) {
                visitors.push_back(kernel.spawn(visit_by_permit(semaphore, room)));
            }
            int faults = 0;
            kernel.spawn(inspect(
                [&] { return semaphore.permits == 0 || semaphore.waiters.empty(); }, faults));
            kernel.spawn(
                harass(visitors, [&](Tid tid) { return !observer.holders.contains(tid); }));
            CHECK(kernel.run() == Ending::finished);
            kernel.detach(observer);
            CHECK(faults == 0);
            CHECK(semaphore.permits == permits);
            CHECK(room.inside == 0);
            CHECK(room.most <= static_cast<int>(permits));
            CHECK(room.visits > 0);
        });
    }
}

Coroutine<> lock(Mutex& mutex) {
    co_yield Lock{mutex};
}

Coroutine<> visit_by_lock(Mutex& mutex, Room& room) {
    for (int i = 0; i < visits; ++i) {
        bool in = false;
        try {
            co_await with_timeout(1ms + i % 3 * 1ms, lock(mutex));
            in = true;
        } catch (const TimedOut&) {
        } catch (const Cancelled&) {
        }
        if (in) {
            co_await be_inside(room);
            co_yield Unlock{mutex};
        }
    }
}

bool owns(const Mutex& mutex, Tid tid) {
    return mutex.owner() != nullptr && mutex.owner()->tid() == tid;
}

TEST_CASE("Whatever the order, a mutex lets one task in at a time, and none is left outside",
          "[mutex][seeds]") {
    for_many_seeds([](Machine& machine) {
        Kernel& kernel = machine.kernel();
        Mutex mutex;
        Room room;
        std::vector<Tid> visitors;
        for (int i = 0; i < tasks; ++i) {
            visitors.push_back(kernel.spawn(visit_by_lock(mutex, room)));
        }
        int faults = 0;
        kernel.spawn(
            inspect([&] { return mutex.owner() != nullptr || mutex.waiters.empty(); }, faults));
        kernel.spawn(harass(visitors, [&](Tid tid) { return !owns(mutex, tid); }));
        CHECK(kernel.run() == Ending::finished);
        CHECK(faults == 0);
        CHECK(mutex.owner() == nullptr);
        CHECK(!mutex.broken());
        CHECK(room.inside == 0);
        CHECK(room.most == 1);
        CHECK(room.visits > 0);
    });
}

}  // namespace
}  // namespace yos
