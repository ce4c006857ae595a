// The calls that others count on, made by a task that is being cancelled.

#include "syscalls/acquire.h"
#include "syscalls/close.h"
#include "syscalls/close_channel.h"
#include "syscalls/exit.h"
#include "syscalls/lock.h"
#include "syscalls/notify.h"
#include "syscalls/pipe.h"
#include "syscalls/release.h"
#include "syscalls/set_event.h"
#include "syscalls/unlock.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

struct Things {
    Mutex mutex;
    Semaphore semaphore{1};
    Channel<int> channel{0};
    Event event;
    Condition condition;
};

Coroutine<> lock_and_unlock(Story& story, Things& things) {
    co_yield Lock{things.mutex};
    co_yield Unlock{things.mutex};
    story.push_back("unlocked");
    co_yield Yield{};
    story.push_back("went on");
}

Coroutine<> acquire_and_release(Story& story, Things& things) {
    co_yield Acquire{things.semaphore};
    co_yield Release{things.semaphore};
    story.push_back("released");
    co_yield Yield{};
    story.push_back("went on");
}

Coroutine<> close_channel(Story& story, Things& things) {
    co_yield Yield{};
    co_yield CloseChannel{things.channel};
    story.push_back("closed the channel");
    co_yield Yield{};
    story.push_back("went on");
}

Coroutine<> set_event(Story& story, Things& things) {
    co_yield Yield{};
    co_yield SetEvent{things.event};
    story.push_back("set the event");
    co_yield Yield{};
    story.push_back("went on");
}

Coroutine<> notify(Story& story, Things& things) {
    co_yield Yield{};
    const std::size_t woken = co_yield Notify{things.condition};
    story.push_back("notified " + std::to_string(woken));
    co_yield Yield{};
    story.push_back("went on");
}

Coroutine<> close_pipe(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    co_yield Close{ends.reader};
    story.push_back("closed the pipe");
    co_yield Yield{};
    story.push_back("went on");
}

TEST_CASE("A call that gives back or wakes is made although a cancellation is due", "[syscalls]") {
    Kernel::Options options = Machine::options();
    options.quantum = 1;  // the cancellation comes between the first call and the second
    Machine machine(options);
    Things things;
    Story story;
    SECTION("Unlock") {
        machine.kernel().spawn(lock_and_unlock(story, things));
        CHECK(machine.run(cancel(1)) == Ending::finished);
        CHECK(story == Story{"unlocked"});
        CHECK(things.mutex.owner() == nullptr);
        CHECK(!things.mutex.broken());
    }
    SECTION("Release") {
        machine.kernel().spawn(acquire_and_release(story, things));
        CHECK(machine.run(cancel(1)) == Ending::finished);
        CHECK(story == Story{"released"});
        CHECK(things.semaphore.permits == 1);
    }
    SECTION("SetEvent") {
        machine.kernel().spawn(set_event(story, things));
        CHECK(machine.run(cancel(1)) == Ending::finished);
        CHECK(story == Story{"set the event"});
        CHECK(things.event.happened);
    }
    SECTION("Notify") {
        machine.kernel().spawn(notify(story, things));
        CHECK(machine.run(cancel(1)) == Ending::finished);
        CHECK(story == Story{"notified 0"});
    }
    SECTION("CloseChannel") {
        machine.kernel().spawn(close_channel(story, things));
        CHECK(machine.run(cancel(1)) == Ending::finished);
        CHECK(story == Story{"closed the channel"});
        CHECK(things.channel.closed);
    }
    SECTION("Close") {
        machine.kernel().spawn(close_pipe(story));
        CHECK(machine.run(cancel(1)) == Ending::finished);
        CHECK(story == Story{"closed the pipe"});
    }
    CHECK(machine.record.has("1 cancelled by 2 (enough)"));
}

Coroutine<> yield_and_exit() {
    co_yield Yield{};
    co_yield Exit{3};
}

TEST_CASE("A task may exit although a cancellation is due", "[syscalls]") {
    Machine machine;
    machine.kernel().spawn(yield_and_exit());
    CHECK(machine.run(cancel(1)) == Ending::finished);
    CHECK(machine.record.has("1 returned 3"));
}

}  // namespace
}  // namespace yos
