#include "syscalls/wait_task.h"

#include "syscalls/exit.h"
#include "syscalls/list_tasks.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> wait_and_tell(Story& story, std::string name, Tid tid) {
    story.push_back(name + " hears " + in_words(co_yield WaitTask{tid}));
}

Coroutine<> sleep_for_ever() {
    co_yield Sleep{Duration::max()};
}

Coroutine<int> give_seven() {
    co_yield Yield{};
    co_return 7;
}

Coroutine<> give_nothing() {
    co_yield Yield{};
}

Coroutine<> exit_with_three() {
    co_yield Exit{3};
}

Coroutine<> fail_in_a_frame() {
    co_yield Yield{};
    throw std::runtime_error("the disk is full");
}

Coroutine<> fail() {
    co_await fail_in_a_frame();
}

Coroutine<> fail_oddly() {
    co_yield Yield{};
    throw 42;
}

TEST_CASE("WaitTask tells what the task returned, or threw", "[syscalls]") {
    Machine machine;
    Story story;
    SECTION("a number") {
        const Tid tid = machine.kernel().spawn(give_seven());
        machine.run(wait_and_tell(story, "ann", tid));
        CHECK(story == Story{"ann hears returned 7"});
    }
    SECTION("nothing, which is success") {
        const Tid tid = machine.kernel().spawn(give_nothing());
        machine.run(wait_and_tell(story, "ann", tid));
        CHECK(story == Story{"ann hears returned 0"});
    }
    SECTION("by Exit") {
        machine.kernel().spawn(wait_and_tell(story, "ann", 2));
        machine.run(exit_with_three());
        CHECK(story == Story{"ann hears returned 3"});
    }
    SECTION("an exception") {
        const Tid tid = machine.kernel().spawn(fail());
        machine.run(wait_and_tell(story, "ann", tid));
        CHECK(story == Story{"ann hears threw \"the disk is full\""});
    }
    SECTION("something that is no exception") {
        const Tid tid = machine.kernel().spawn(fail_oddly());
        machine.run(wait_and_tell(story, "ann", tid));
        CHECK(story == Story{"ann hears threw \"something that is no std::exception\""});
    }
}

TEST_CASE("WaitTask tells that a killed task was killed", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid tid = machine.kernel().spawn(sleep_for_ever());
    machine.kernel().spawn(wait_and_tell(story, "ann", tid));
    machine.run(kill(tid));
    CHECK(story == Story{"ann hears killed by 3"});
}

TEST_CASE("WaitTask tells that a cancelled task was cancelled, and why", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid tid = machine.kernel().spawn(sleep_for_ever());
    machine.kernel().spawn(wait_and_tell(story, "ann", tid));
    machine.run(cancel(tid));
    CHECK(story == Story{"ann hears cancelled by 3 (enough)"});
}

TEST_CASE("WaitTask of a task that is not there gives nothing, at once", "[syscalls]") {
    Machine machine;
    Story story;
    SECTION("because it has ended") {
        const Tid tid = machine.kernel().spawn(give_nothing());
        machine.kernel().run();
        machine.run(wait_and_tell(story, "ann", tid));
    }
    SECTION("because it never was") {
        machine.run(wait_and_tell(story, "ann", 99));
    }
    CHECK(story == Story{"ann hears none"});
    for (const std::string& line : machine.record.lines) {
        CHECK(line.find("blocked") == std::string::npos);
    }
}

Coroutine<> wait_for_oneself(Story& story, Tid self) {
    co_await tell_failure(story, "ann", wait_and_tell(story, "ann", self));
    co_yield Yield{};
    story.push_back("goes on");
}

TEST_CASE("WaitTask of oneself fails with EDEADLK (in pyos it hangs)", "[syscalls][course]") {
    Machine machine;
    Story story;
    CHECK(machine.run(wait_for_oneself(story, 1)) == Ending::finished);
    CHECK(story == Story{"ann: Resource deadlock avoided", "goes on"});
}

TEST_CASE("Several may wait for a task, and are woken first come, first served", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid tid = machine.kernel().spawn(sleep_for_ever());
    for (const char* name : {"ann", "bob", "cid"}) {
        machine.kernel().spawn(wait_and_tell(story, name, tid));
    }
    machine.run(kill(tid));
    CHECK(story ==
          Story{"ann hears killed by 5", "bob hears killed by 5", "cid hears killed by 5"});
}

TEST_CASE("A waiter that is ended leaves the others waiting", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid tid = machine.kernel().spawn(sleep_for_ever());
    const Tid ann = machine.kernel().spawn(wait_and_tell(story, "ann", tid));
    const Tid bob = machine.kernel().spawn(wait_and_tell(story, "bob", tid));
    machine.kernel().spawn(wait_and_tell(story, "cid", tid));
    machine.kernel().spawn(kill(ann));
    machine.kernel().spawn(cancel(bob));
    machine.run(kill(tid));
    CHECK(story == Story{"cid hears killed by 7"});
}

Coroutine<> wait_twice(Story& story, Tid child) {
    co_await wait_and_tell(story, "parent", child);
    co_await wait_and_tell(story, "parent", child);
}

Coroutine<> start_joinable_and_wait(Story& story) {
    const Tid child = co_yield NewTask{give_seven()}.joinable();
    co_await let_the_others_run();
    co_await wait_twice(story, child);
}

TEST_CASE("A parent that waits for its zombie takes the status with it", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(start_joinable_and_wait(story)) == Ending::finished);
    CHECK(story == Story{"parent hears returned 7", "parent hears none"});
}

Coroutine<> start_joinable(Story& story) {
    const Tid child = co_yield NewTask{give_seven()}.joinable();
    co_yield NewTask{wait_and_tell(story, "ann", child)};
    co_yield NewTask{wait_and_tell(story, "bob", child)};
    co_await wait_and_tell(story, "parent", child);
    co_await wait_and_tell(story, "parent", child);
}

TEST_CASE("All who wait for a joinable task are told, although its parent reaps it", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(start_joinable(story)) == Ending::finished);
    CHECK(story == Story{"parent hears returned 7",
                         "parent hears none",
                         "ann hears returned 7",
                         "bob hears returned 7"});
}

Coroutine<> start_joinable_and_let_strangers_ask(Story& story) {
    const Tid child = co_yield NewTask{give_seven()}.joinable();
    co_await let_the_others_run();
    co_yield NewTask{wait_and_tell(story, "ann", child)};
    co_yield NewTask{wait_and_tell(story, "bob", child)};
    co_await let_the_others_run();
    co_await wait_and_tell(story, "parent", child);
}

TEST_CASE("A zombie tells strangers too, and waits on for its parent", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(start_joinable_and_let_strangers_ask(story)) == Ending::finished);
    CHECK(story ==
          Story{"ann hears returned 7", "bob hears returned 7", "parent hears returned 7"});
}

Coroutine<> wait_for_a_child() {
    const Tid child = co_yield NewTask{sleep_for_ever()}.joinable();
    co_yield WaitTask{child};
}

Coroutine<> count_tasks(std::size_t& count) {
    co_await let_the_others_run();
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    count = tasks.size();
}

TEST_CASE("A parent that is killed while it waits leaves no zombie behind", "[syscalls]") {
    Machine machine;
    std::size_t left = 0;
    SECTION("its child ends later") {
        machine.kernel().spawn(wait_for_a_child());
        machine.kernel().spawn(kill(1));
        machine.kernel().spawn(kill(5));
        machine.kernel().spawn(count_tasks(left));
    }
    SECTION("its child has ended just now") {
        machine.kernel().spawn(wait_for_a_child());
        machine.kernel().spawn(kill(5));
        machine.kernel().spawn(kill(1));
        machine.kernel().spawn(count_tasks(left));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(machine.record.has("1 killed by 2") != machine.record.has("1 killed by 3"));
    CHECK(left == 2);  // the I/O task and who counts
}

}  // namespace
}  // namespace yos
