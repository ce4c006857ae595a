#include "syscalls/select.h"

#include "syscalls/close.h"
#include "syscalls/close_channel.h"
#include "syscalls/get_tid.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/receive.h"
#include "syscalls/send.h"
#include "syscalls/set_event.h"
#include "syscalls/wait_event.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write.h"
#include "tests/lib/actors.h"
#include "tests/lib/volume.h"

namespace yos {
namespace {

/// Several things to wait for, and what has come of them.
struct Things {
    Channel<int> orders{1};
    Event event;
    Story story;
};

Coroutine<> wait_for_any(Things& things, Fd pipe) {
    char byte = '?';
    const auto done = co_yield Select{Receive{things.orders},
                                      WaitEvent{things.event},
                                      Read{pipe, std::span(&byte, 1)},
                                      Sleep{1s}};
    switch (done.index()) {
        case 0:
            things.story.push_back("order " + std::to_string(std::get<0>(done).value()));
            break;
        case 1:
            things.story.push_back("event");
            break;
        case 2:
            things.story.push_back(std::string("byte ") + byte);
            break;
        default:
            things.story.push_back("time");
    }
}

Coroutine<> send(Channel<int>& channel, int value) {
    co_yield Send{channel, value};
}

Coroutine<> select_from_all(Things& things) {
    const PipeEnds ends = co_yield Pipe{};
    for (int thing = 0; thing < 4; ++thing) {
        const Tid waiter = co_yield NewTask{wait_for_any(things, ends.reader)};
        co_await let_the_others_run();
        if (thing == 0) {
            co_yield Send{things.orders, 7};
        } else if (thing == 1) {
            co_yield SetEvent{things.event};
            things.event.happened = false;
        } else if (thing == 2) {
            const char byte = 'x';
            co_yield Write{ends.writer, std::span(&byte, 1)};
        }
        co_yield WaitTask{waiter};
    }
}

TEST_CASE("Select evaluates to the call that is done first, with its result", "[select]") {
    Machine machine;
    Things things;
    CHECK(machine.run(select_from_all(things)) == Ending::finished);
    CHECK(things.story == Story{"order 7", "event", "byte x", "time"});
    CHECK(machine.record.has("2 blocked on Select(Receive(), WaitEvent(), Read(0, 1), Sleep(1s))"));
    CHECK(
        machine.record.has("2 completed Select(Receive(), WaitEvent(), Read(0, 1), Sleep(1s)) = "
                           "Receive() = 7"));
}

Coroutine<> select_ready_things(Things& things) {
    things.event.happened = true;
    co_yield Send{things.orders, 1};
    const auto first = co_yield Select{Receive{things.orders}, WaitEvent{things.event}};
    CHECK(first.index() == 0);
    const auto second = co_yield Select{Receive{things.orders}, WaitEvent{things.event}};
    CHECK(second.index() == 1);
    const auto third = co_yield Select{Sleep{1h}, GetTid{}};
    CHECK(std::get<1>(third) == 1);
}

TEST_CASE("of several calls that are done Select takes the first, and nothing of the others",
          "[select]") {
    Machine machine;
    Things things;
    CHECK(machine.run(select_ready_things(things)) == Ending::finished);
    CHECK(machine.kernel().now() == Time(0s));
}

Coroutine<> receive(Things& things, std::string name) {
    const std::optional<int> order = co_yield Receive{things.orders};
    things.story.push_back(name + " got " + (order ? std::to_string(*order) : "none"));
}

Coroutine<> wait_for_order_or_event(Things& things) {
    const auto done = co_yield Select{Receive{things.orders}, WaitEvent{things.event}};
    things.story.push_back("ann chose " + std::to_string(done.index()));
}

Coroutine<> let_both_come(Things& things) {
    co_yield NewTask{wait_for_order_or_event(things), "ann"};
    co_yield NewTask{receive(things, "bob"), "bob"};
    co_await let_the_others_run();
    co_yield SetEvent{things.event};  // first, but it is the second in the Select
    things.event.happened = false;
    co_yield Send{things.orders, 7};
}

TEST_CASE("an item that came with another event goes to one of those who want it", "[select]") {
    for (const unsigned quantum : {1U, 32U}) {
        Kernel::Options options = Machine::options();
        options.quantum = quantum;
        Machine machine(options);
        Things things;
        machine.run(let_both_come(things));
        CHECK((things.story == Story{"ann chose 1", "bob got 7"} ||
               things.story == Story{"ann chose 0"}));
    }
}

Coroutine<> end_while_it_selects(Things& things, bool kill) {
    const Tid ann = co_yield NewTask{wait_for_order_or_event(things)};
    co_yield NewTask{receive(things, "bob")};
    co_await let_the_others_run();
    co_yield Send{things.orders, 7};  // wakes ann, who is first in line
    if (kill) {
        co_yield KillTask{ann};
    } else {
        co_yield CancelTask{ann};
    }
    co_yield Sleep{1s};
}

TEST_CASE("a Select that is killed or cancelled when woken passes the item on", "[select]") {
    for (const bool kill : {true, false}) {
        Kernel::Options options = Machine::options();
        options.quantum = 32;  // so that ann is ended before her turn
        Machine machine(options);
        Things things;
        CHECK(machine.run(end_while_it_selects(things, kill)) == Ending::finished);
        CHECK(things.story == Story{"bob got 7"});
    }
}

Coroutine<> select_with_timeout(Things& things) {
    bool timed_out = false;
    try {
        co_await with_timeout(1s, wait_for_order_or_event(things));
    } catch (const TimedOut&) {
        timed_out = true;
    }
    CHECK(timed_out);
    CHECK(things.orders.receivers.empty());
    CHECK(things.event.waiters.empty());
}

TEST_CASE("a Select that is timed out has left every line", "[select]") {
    Machine machine;
    Things things;
    CHECK(machine.run(select_with_timeout(things)) == Ending::finished);
}

Coroutine<> select_closed_descriptor(Things& things) {
    PipeEnds ends = co_yield Pipe{};
    char byte = '?';
    const Fd closed = ends.reader;
    co_yield NewTask{send(things.orders, 1)};
    co_yield Close{closed};
    std::string failure;
    try {
        co_yield Select{WaitEvent{things.event}, Read{closed, std::span(&byte, 1)}};
    } catch (const std::system_error& error) {
        failure = error.code().message();
    }
    CHECK(failure == "Bad file descriptor");
    CHECK(things.event.waiters.empty());
}

TEST_CASE("a Select fails as one of its calls fails", "[select]") {
    Machine machine;
    Things things;
    CHECK(machine.run(select_closed_descriptor(things)) == Ending::finished);
}

Coroutine<> count_orders(Things& things, int& got) {
    for (;;) {
        const auto done = co_yield Select{Receive{things.orders}, Sleep{1h}};
        if (done.index() == 1 || !std::get<0>(done)) {
            co_return;
        }
        ++got;
    }
}

Coroutine<> send_orders(Things& things, int count) {
    for (int i = 0; i < count; ++i) {
        co_yield Send{things.orders, i};
    }
    co_yield CloseChannel{things.orders};
}

TEST_CASE("several who select from one channel get all that is sent, with any seed", "[select]") {
    for (std::uint64_t seed = 0; seed < volume(std::uint64_t{100}); ++seed) {
        Kernel::Options options = Machine::options();
        options.seed = seed;
        options.quantum = 1 + seed % 4;
        Machine machine(options);
        Things things;
        int got = 0;
        for (int i = 0; i < 3; ++i) {
            machine.kernel().spawn(count_orders(things, got));
        }
        CHECK(machine.run(send_orders(things, 50)) == Ending::finished);
        CHECK(got == 50);
        CHECK(machine.kernel().now() < Time(1h));
    }
}

}  // namespace
}  // namespace yos
