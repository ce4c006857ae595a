#include "syscalls/lock.h"
#include "syscalls/notify.h"
#include "syscalls/unlock.h"
#include "syscalls/wait_on.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/seeds.h"

namespace yos {
namespace {

/// What a condition usually guards: a number of things to take.
struct Shelf {
    Mutex mutex;
    Condition filled;
    int things = 0;
    int put = 0;
    int taken = 0;
    bool closed = false;
};

/// Evaluates to false when there is nothing more to take.
Coroutine<bool> take_one(Shelf& shelf) {
    std::exception_ptr interruption;
    bool took = false;
    co_yield Lock{shelf.mutex};
    while (shelf.things == 0 && !shelf.closed && !interruption) {
        try {
            co_await wait_on(shelf.filled, shelf.mutex);
        } catch (const Interruption&) {
            interruption = std::current_exception();
        }
    }
    if (!interruption && shelf.things > 0) {
        co_await pause();
        --shelf.things;
        ++shelf.taken;
        took = true;
    }
    co_yield Unlock{shelf.mutex};
    if (interruption) {
        std::rethrow_exception(interruption);
    }
    co_return took;
}

Coroutine<> take_all(Shelf& shelf, Duration patience) {
    for (bool more = true; more;) {
        try {
            more = co_await with_timeout(patience, take_one(shelf));
        } catch (const TimedOut&) {
        } catch (const Cancelled&) {
        }
    }
}

Coroutine<> put_all(Shelf& shelf) {
    for (int i = 0; i < 8; ++i) {
        bool in = false;
        try {
            co_yield Lock{shelf.mutex};
            in = true;
        } catch (const Cancelled&) {
        }
        if (in) {
            ++shelf.things;
            ++shelf.put;
            co_await pause();
            co_yield Notify{shelf.filled};
            co_await nap();  // whoever was notified waits for the mutex meanwhile
            co_yield Unlock{shelf.mutex};
        }
        co_await nap();
    }
}

Coroutine<> close_after(Shelf& shelf, std::vector<Tid> putting) {
    for (const Tid tid : putting) {
        co_yield WaitTask{tid};
    }
    co_yield Lock{shelf.mutex};
    shelf.closed = true;
    co_yield Notify{shelf.filled, Notify::all};
    co_yield Unlock{shelf.mutex};
}

TEST_CASE("Whatever the order, a condition loses no notification", "[condition][seeds]") {
    for_many_seeds([](Machine& machine) {
        Kernel& kernel = machine.kernel();
        Shelf shelf;
        std::vector<Tid> putting;
        std::vector<Tid> victims;
        for (int i = 0; i < 5; ++i) {
            putting.push_back(kernel.spawn(put_all(shelf)));
            victims.push_back(kernel.spawn(take_all(shelf, 1ms + i * 2ms)));
        }
        kernel.spawn(take_all(shelf, Duration::max()));
        kernel.spawn(close_after(shelf, putting));
        int faults = 0;
        kernel.spawn(inspect(
            [&] {
                const bool locked = shelf.mutex.owner() != nullptr;
                return locked || shelf.things == 0 || shelf.filled.waiters().empty();
            },
            faults));
        victims.insert(victims.end(), putting.begin(), putting.end());
        kernel.spawn(harass(victims, [&](Tid tid) {
            return shelf.mutex.owner() == nullptr || shelf.mutex.owner()->tid() != tid;
        }));
        CHECK(kernel.run() == Ending::finished);
        CHECK(faults == 0);
        CHECK(shelf.taken == shelf.put);
        CHECK(shelf.things == 0);
        CHECK(!shelf.mutex.broken());
    });
}

}  // namespace
}  // namespace yos
