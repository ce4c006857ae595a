#include "syscalls/kill_task.h"

#include "syscalls/acquire.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/receive.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> sleep_forever() {
    co_yield Sleep{Duration::max()};
}

Coroutine<> kill_and_tell(Story& story, Tid victim) {
    const bool there_was_one = co_yield KillTask{victim};
    story.push_back(there_was_one ? "killed" : "nobody there");
}

Coroutine<> wait_and_tell(Story& story, std::string name, Tid tid) {
    story.push_back(name + " hears " + in_words(co_yield WaitTask{tid}));
}

TEST_CASE("KillTask tells whether there was such a task", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid victim = machine.kernel().spawn(sleep_forever());
    const Tid ended = machine.kernel().spawn(do_nothing());
    machine.kernel().spawn(kill_and_tell(story, victim));
    machine.kernel().spawn(kill_and_tell(story, ended));
    machine.kernel().spawn(kill_and_tell(story, 99));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"killed", "nobody there", "nobody there"});
}

TEST_CASE("A second KillTask finds nothing", "[syscalls]") {
    Machine machine;
    Story story;
    Tid victim = 0;
    SECTION("when the task is gone") {
        victim = machine.kernel().spawn(sleep_forever());
    }
    SECTION("when it is a zombie") {
        victim = machine.kernel().spawn(sleep_forever(), {.joinable = true});
    }
    machine.kernel().spawn(kill_and_tell(story, victim));
    machine.kernel().spawn(kill_and_tell(story, victim));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"killed", "nobody there"});
    machine.kernel().collect(victim);
}

TEST_CASE("KillTask of a kernel task fails with EPERM", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(tell_failure(story, "ann", kill(kernel_tid))) == Ending::finished);
    CHECK(story == Story{"ann: Operation not permitted"});
}

Coroutine<> descend(Story& story, int depth) {
    const Mortal here(story, "frame " + std::to_string(depth));
    if (depth < 3) {
        co_await descend(story, depth + 1);
    } else {
        co_yield Sleep{Duration::max()};
    }
    story.push_back("frame " + std::to_string(depth) + " went on");
}

TEST_CASE("Killing a task in a subroutine ends all of it, innermost first (pyos8 left it alive)",
          "[syscalls][course]") {
    Machine machine;
    Story story;
    const Tid victim = machine.kernel().spawn(descend(story, 1));
    machine.kernel().spawn(wait_and_tell(story, "ann", victim));
    machine.kernel().spawn(kill_and_tell(story, victim));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story ==
          Story{"frame 3 gone", "frame 2 gone", "frame 1 gone", "killed", "ann hears killed by 3"});
}

TEST_CASE("All who wait for a killed task are told who killed it, first come, first served",
          "[syscalls]") {
    Machine machine;
    Story story;
    const Tid victim = machine.kernel().spawn(sleep_forever());
    for (const char* name : {"ann", "bob", "cid"}) {
        machine.kernel().spawn(wait_and_tell(story, name, victim));
    }
    machine.kernel().spawn(kill(victim));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story ==
          Story{"ann hears killed by 5", "bob hears killed by 5", "cid hears killed by 5"});
}

Coroutine<> kill_oneself(Story& story, Tid self) {
    const Mortal frame(story, "frame");
    co_await kill(self);
    story.push_back("went on");
}

TEST_CASE("A task that kills itself exits, its stack unwound", "[syscalls]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(wait_and_tell(story, "ann", 2));
    CHECK(machine.run(kill_oneself(story, 2)) == Ending::finished);
    CHECK(story == Story{"frame gone", "ann hears killed by 2"});
}

Coroutine<> carry(Mortal /*load*/) {
    co_return;
}

TEST_CASE("A task that is killed before it has started never runs", "[syscalls]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(kill(2));
    SECTION("its arguments go") {
        machine.kernel().spawn(carry(Mortal(story, "load")));
    }
    SECTION("with the subroutines among them") {
        machine.kernel().spawn(with_timeout(1s, carry(Mortal(story, "load"))));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"load gone"});
    CHECK(machine.record.has("2 killed by 1"));
    CHECK(!machine.record.has("2 trapped SetDeadline(1s)"));
}

Coroutine<> trap_often(Story& story) {
    const Mortal frame(story, "frame");
    for (;;) {
        co_yield Yield{};
    }
}

TEST_CASE("A task that is ready can be killed as well", "[syscalls]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(trap_often(story));
    CHECK(machine.run(kill(1)) == Ending::finished);
    CHECK(story == Story{"frame gone"});
}

Coroutine<> read_to_the_end(Story& story, Descriptor reader) {
    char byte = 0;
    const std::size_t got = co_yield Read{reader, std::span(&byte, 1)};
    story.push_back("read " + std::to_string(got));
}

Coroutine<> own(Descriptor /*descriptor*/) {
    co_yield Sleep{Duration::max()};
}

Coroutine<> kill_the_writer(Story& story) {
    PipeEnds ends = co_yield Pipe{};
    co_yield NewTask{read_to_the_end(story, std::move(ends.reader))};
    const Tid writer = co_yield NewTask{own(std::move(ends.writer))};
    co_await let_the_others_run();
    story.push_back("kill");
    co_yield KillTask{writer};
}

TEST_CASE("A killed task closes what it had open", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(kill_the_writer(story)) == Ending::finished);
    CHECK(story == Story{"kill", "read 0"});
}

Coroutine<> lend_a_channel(Channel<int>*& lent) {
    Channel<int> channel(0);
    lent = &channel;
    co_yield Sleep{Duration::max()};
}

Coroutine<> borrow(Channel<int>*& lent) {
    co_yield Receive{*lent};
}

TEST_CASE("A killed task's destructors wake those who wait for what it had", "[syscalls]") {
    Machine machine;
    Story story;
    Channel<int>* lent = nullptr;
    const Tid owner = machine.kernel().spawn(lend_a_channel(lent));
    machine.kernel().spawn(tell_failure(story, "ann", borrow(lent)));
    machine.kernel().spawn(tell_failure(story, "bob", borrow(lent)));
    machine.kernel().spawn(kill(owner));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann: Identifier removed", "bob: Identifier removed"});
    CHECK(machine.record.has("2 woken by 4"));
}

Coroutine<> outlive(Story& story) {
    co_yield Sleep{2ms};
    story.push_back("child lives");
}

Coroutine<> start_and_sleep(Story& story) {
    co_yield NewTask{outlive(story)};
    co_yield Sleep{Duration::max()};
}

TEST_CASE("The children of a killed task live on", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid parent = machine.kernel().spawn(start_and_sleep(story));
    machine.kernel().spawn(kill(parent));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"child lives"});
}

Coroutine<> clean_up_slowly(Story& story) {
    const Mortal frame(story, "frame");
    bool cancelled = false;
    try {
        co_yield Sleep{Duration::max()};
    } catch (const Cancelled&) {
        cancelled = true;
    }
    if (cancelled) {
        story.push_back("cleans up");
        co_yield Sleep{Duration::max()};
    }
}

Coroutine<> cancel_then_kill(Tid victim) {
    co_yield CancelTask{victim};
    co_await let_the_others_run();
    co_yield KillTask{victim};
}

TEST_CASE("A task that cleans up after a cancellation can be killed", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid victim = machine.kernel().spawn(clean_up_slowly(story));
    CHECK(machine.run(cancel_then_kill(victim)) == Ending::finished);
    CHECK(story == Story{"cleans up", "frame gone"});
    CHECK(machine.record.has("1 killed by 2"));
}

Coroutine<> cancel_and_kill(Tid victim) {
    co_yield CancelTask{victim};
    co_yield KillTask{victim};
}

TEST_CASE("A task is killed before it hears of its cancellation", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid victim = machine.kernel().spawn(clean_up_slowly(story));
    CHECK(machine.run(cancel_and_kill(victim)) == Ending::finished);
    CHECK(story == Story{"frame gone"});
}

}  // namespace
}  // namespace yos
