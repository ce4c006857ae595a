// Every call that blocks, against every way in which a wait can be ended from outside. Whichever it
// is, the task leaves the line, and what it was woken for goes to the next.

#include "syscalls/acquire.h"
#include "syscalls/lock.h"
#include "syscalls/notify.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/read_wait.h"
#include "syscalls/receive.h"
#include "syscalls/release.h"
#include "syscalls/send.h"
#include "syscalls/set_event.h"
#include "syscalls/unlock.h"
#include "syscalls/wait_event.h"
#include "syscalls/wait_on.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write.h"
#include "syscalls/write_wait.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

/// All that can be waited for, and nothing of it to be had.
struct Things {
    Channel<int> empty{1};
    Channel<int> full{1};
    Channel<int> roomless{0};
    Mutex mutex;
    Semaphore semaphore{0};
    Event event;
    Mutex guard;
    Condition condition;
    PipeEnds dry;
    PipeEnds flooded;
    Tid sleeper = kernel_tid;
};

Coroutine<> sleep_for_ever() {
    co_yield Sleep{Duration::max()};
}

Coroutine<> prepare(Things& things) {
    things.full.items.emplace_back(1);
    co_yield Lock{things.mutex};
    things.dry = co_yield Pipe{};
    things.flooded = co_yield Pipe{};
    const std::string flood(limits::pipe_capacity, 'x');
    co_yield Write{things.flooded.writer, flood};
    things.sleeper = co_yield NewTask{sleep_for_ever()};
}

// How to wait for each, and how somebody else provides one.

Coroutine<> receive(Things& things) {
    co_yield Receive{things.empty};
}
Coroutine<> send(Things& things) {
    co_yield Send{things.empty, 1};
}

Coroutine<> send_to_full(Things& things) {
    co_yield Send{things.full, 1};
}
Coroutine<> receive_from_full(Things& things) {
    co_yield Receive{things.full};
}

Coroutine<> receive_directly(Things& things) {
    co_yield Receive{things.roomless};
}
Coroutine<> send_directly(Things& things) {
    co_yield Send{things.roomless, 1};
}
Coroutine<> start_receiver(Things& things) {
    co_yield NewTask{receive_directly(things)};
    co_yield Yield{};
}

Coroutine<> lock_and_unlock(Things& things) {
    co_yield Lock{things.mutex};
    co_yield Unlock{things.mutex};
}
Coroutine<> unlock(Things& things) {
    co_yield Unlock{things.mutex};
}

Coroutine<> acquire(Things& things) {
    co_yield Acquire{things.semaphore};
}
Coroutine<> release(Things& things) {
    co_yield Release{things.semaphore};
}

Coroutine<> await_event(Things& things) {
    co_yield WaitEvent{things.event};
}
Coroutine<> set_event(Things& things) {
    co_yield SetEvent{things.event};
}

Coroutine<> await_notification(Things& things) {
    std::exception_ptr interruption;
    co_yield Lock{things.guard};
    try {
        co_await wait_on(things.condition, things.guard);
    } catch (const Interruption&) {
        interruption = std::current_exception();
    }
    co_yield Unlock{things.guard};
    if (interruption) {
        std::rethrow_exception(interruption);
    }
}
Coroutine<> notify(Things& things) {
    co_yield Notify{things.condition};
}

Coroutine<> read_byte(Things& things) {
    char byte = 0;
    co_yield Read{things.dry.reader, std::span(&byte, 1)};
}
Coroutine<> await_readable(Things& things) {
    co_yield ReadWait{things.dry.reader};
}
Coroutine<> put_byte(Things& things) {
    co_yield Write{things.dry.writer, std::string_view("x")};
}

Coroutine<> write_byte(Things& things) {
    co_yield Write{things.flooded.writer, std::string_view("x")};
}
Coroutine<> await_writable(Things& things) {
    co_yield WriteWait{things.flooded.writer};
}
Coroutine<> take_byte(Things& things) {
    char byte = 0;
    co_yield Read{things.flooded.reader, std::span(&byte, 1)};
}

Coroutine<> await_end(Things& things) {
    co_yield WaitTask{things.sleeper};
}
Coroutine<> end_sleeper(Things& things) {
    co_yield KillTask{things.sleeper};
}

struct Wait {
    const char* name;
    Coroutine<> (*take)(Things& things);
    Coroutine<> (*provide)(Things& things);
};

const Wait waits[] = {
    {"Receive", receive, send},
    {"Send", send_to_full, receive_from_full},
    {"Receive, nothing in between", receive_directly, send_directly},
    {"Send, nothing in between", send_directly, start_receiver},
    {"Lock", lock_and_unlock, unlock},
    {"Acquire", acquire, release},
    {"WaitEvent", await_event, set_event},
    {"AwaitNotification", await_notification, notify},
    {"Read", read_byte, put_byte},
    {"ReadWait", await_readable, put_byte},
    {"Write", write_byte, take_byte},
    {"WriteWait", await_writable, take_byte},
    {"WaitTask", await_end, end_sleeper},
};

Coroutine<> take_and_tell(Story& story, std::string name, Wait wait, Things& things) {
    co_await wait.take(things);
    story.push_back(name);
}

enum class Way { kill, cancel, deadline };

Coroutine<> end(Tid task, Way way) {
    if (way == Way::kill) {
        co_yield KillTask{task};
    } else if (way == Way::cancel) {
        co_yield CancelTask{task};
    }
}

/// Lets ann and bob wait, ends ann, and then provides for one.
Coroutine<> end_while_blocked(Story& story, Wait wait, Way way) {
    Things things;
    co_await prepare(things);
    const Duration limit = way == Way::deadline ? Duration(1ms) : Duration(1h);
    const Tid ann =
        co_yield NewTask{with_timeout(limit, take_and_tell(story, "ann", wait, things))};
    co_yield NewTask{take_and_tell(story, "bob", wait, things)};
    co_yield Sleep{2ms};
    co_await end(ann, way);
    co_await wait.provide(things);
    co_yield Sleep{1ms};
    co_yield KillTask{things.sleeper};
}

TEST_CASE("A task that is ended while it is blocked leaves the line", "[blocked]") {
    for (const Wait& wait : waits) {
        for (const Way way : {Way::kill, Way::cancel, Way::deadline}) {
            INFO(wait.name << ", way " << static_cast<int>(way));
            Machine machine;
            Story story;
            CHECK(machine.run(end_while_blocked(story, wait, way)) == Ending::finished);
            CHECK(story == Story{"bob"});
        }
    }
}

/// So many that the I/O task, which looks after the clock, has its turn before they are through.
Coroutine<> start_a_crowd() {
    for (unsigned i = 0; i <= limits::dispatches_between_polls; ++i) {
        co_yield NewTask{do_nothing()};
    }
}

/// Lets ann and bob wait, provides for one, and ends ann, who was woken, before she has run.
Coroutine<> end_when_woken(Story& story, Wait wait, Way way) {
    Things things;
    co_await prepare(things);
    co_yield Sleep{1ms};
    const Duration limit = way == Way::deadline ? Duration(0ms) : Duration(1h);
    const Tid ann =
        co_yield NewTask{with_timeout(limit, take_and_tell(story, "ann", wait, things))};
    co_yield NewTask{take_and_tell(story, "bob", wait, things)};
    co_yield Yield{};
    if (way == Way::deadline) {
        co_await start_a_crowd();
    }
    co_await wait.provide(things);
    co_await end(ann, way);
    co_yield Sleep{1ms};
    co_yield KillTask{things.sleeper};
}

TEST_CASE("A task that is ended when it is woken but has not run passes its wake-up on",
          "[blocked]") {
    for (const Wait& wait : waits) {
        for (const Way way : {Way::kill, Way::cancel, Way::deadline}) {
            INFO(wait.name << ", way " << static_cast<int>(way));
            Kernel::Options options = Machine::options();
            options.quantum = 256;  // the crowd is started in one go
            Machine machine(options);
            Story story;
            CHECK(machine.run(end_when_woken(story, wait, way)) == Ending::finished);
            // An event and an end are for all, and a call that they complete is not undone.
            const bool for_all = wait.take == await_event || wait.take == await_end;
            const bool has_it = for_all && way != Way::kill;
            CHECK(story == (has_it ? Story{"ann", "bob"} : Story{"bob"}));
        }
    }
}

Coroutine<> sleep_for_a_while(Story& story) {
    co_yield Sleep{5ms};
    story.push_back("slept");
}

TEST_CASE("A task that is ended while it sleeps leaves no timer", "[blocked]") {
    for (const Way way : {Way::kill, Way::cancel, Way::deadline}) {
        Machine machine;
        Story story;
        const Duration limit = way == Way::deadline ? Duration(0ms) : Duration(1h);
        const Tid ann = machine.kernel().spawn(with_timeout(limit, sleep_for_a_while(story)));
        CHECK(machine.run(end(ann, way)) == Ending::finished);
        CHECK(story.empty());
        CHECK(machine.kernel().now() == Time(0ms));
    }
}

}  // namespace
}  // namespace yos
