#include "syscalls/new_task.h"

#include "syscalls/list_tasks.h"
#include "syscalls/wait_task.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> tell(Story& story, std::string what) {
    story.push_back(what);
    co_return;
}

Coroutine<> start_and_tell(Story& story) {
    co_yield NewTask{tell(story, "first child")};
    co_yield NewTask{tell(story, "second child")};
    story.push_back("parent");
}

TEST_CASE("NewTask queues the child at once, behind those that are ready", "[syscalls]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(start_and_tell(story));
    machine.kernel().spawn(tell(story, "other"));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"parent", "other", "first child", "second child"});
}

TEST_CASE("With a quantum of one the child runs before its parent goes on, as in pyos5",
          "[syscalls]") {
    Kernel::Options options = Machine::options();
    options.quantum = 1;
    Machine machine(options);
    Story story;
    CHECK(machine.run(start_and_tell(story)) == Ending::finished);
    CHECK(story == Story{"first child", "second child", "parent"});
}

Coroutine<> carry(Mortal /*load*/) {
    co_return;
}

Coroutine<> start_one(Story& story) {
    co_yield NewTask{carry(Mortal(story, "load"))};
}

Coroutine<> start_two(Story& story) {
    co_await tell_failure(story, "first", start_one(story));
    co_await tell_failure(story, "second", start_one(story));
    co_await let_the_others_run();
    story.push_back("later");
    co_await tell_failure(story, "third", start_one(story));
}

TEST_CASE("NewTask beyond max_tasks fails with EAGAIN and destroys the coroutine", "[syscalls]") {
    Kernel::Options options = Machine::options();
    options.max_tasks = 2;
    Machine machine(options);
    Story story;
    CHECK(machine.run(start_two(story)) == Ending::finished);
    CHECK(story == Story{"load gone",
                         "second: Resource temporarily unavailable",
                         "load gone",
                         "later",
                         "load gone"});
    CHECK(machine.record.has("2 spawned"));
    CHECK(machine.record.has("3 spawned"));  // the one refused took no tid
    CHECK(!machine.record.has("4 spawned"));
}

Coroutine<> start_an_empty_one() {
    Coroutine<> coroutine = do_nothing();
    const Coroutine<> moved_away = std::move(coroutine);
    co_yield NewTask{std::move(coroutine)};
}

TEST_CASE("NewTask of a coroutine that was moved away fails with EINVAL", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(tell_failure(story, "ann", start_an_empty_one())) == Ending::finished);
    CHECK(story == Story{"ann: Invalid argument"});
}

Coroutine<> serve(int requests, std::size_t& most_tasks, long& most_blocks) {
    for (int i = 0; i < requests; ++i) {
        co_yield NewTask{do_nothing()};
        co_yield Yield{};
        const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
        most_tasks = std::max(most_tasks, tasks.size());
        most_blocks = std::max(most_blocks, Recycler::live());
    }
}

TEST_CASE("A server that never waits for its children does not grow", "[syscalls]") {
    Machine machine;
    std::size_t few_tasks = 0;
    std::size_t many_tasks = 0;
    long few_blocks = 0;
    long many_blocks = 0;
    machine.run(serve(3, few_tasks, few_blocks));
    machine.record.lines.clear();
    machine.run(serve(3000, many_tasks, many_blocks));
    CHECK(many_tasks == few_tasks);
    CHECK(many_blocks == few_blocks);
}

Coroutine<> start_joinable(Story& story, Duration until) {
    const Tid child = co_yield NewTask{do_nothing()}.joinable();
    co_yield Sleep{until};
    std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    story.push_back(std::to_string(child) + " is a " + state_of(tasks.back()));
}

TEST_CASE("A joinable child stays a zombie until its parent has ended", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(start_joinable(story, 1ms)) == Ending::finished);
    CHECK(story == Story{"2 is a zombie"});
    CHECK(machine.kernel().tasks().size() == 1);
}

Coroutine<> start_wait_and_list(std::size_t& left) {
    const Tid child = co_yield NewTask{do_nothing()}.joinable();
    co_await let_the_others_run();
    co_yield WaitTask{child};
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    left = tasks.size();
}

TEST_CASE("A joinable child stays a zombie until its parent has waited", "[syscalls]") {
    Machine machine;
    std::size_t left = 0;
    CHECK(machine.run(start_wait_and_list(left)) == Ending::finished);
    CHECK(left == 2);
}

Coroutine<> start_and_end(Story& story) {
    co_yield NewTask{let_the_others_run()}.joinable();
    story.push_back("parent ends");
}

Coroutine<> count_later(std::size_t& left) {
    co_yield Sleep{2ms};
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    left = tasks.size();
}

TEST_CASE("A joinable child whose parent has ended before it leaves no zombie", "[syscalls]") {
    Machine machine;
    Story story;
    std::size_t left = 0;
    machine.kernel().spawn(count_later(left));
    CHECK(machine.run(start_and_end(story)) == Ending::finished);
    CHECK(left == 2);
}

Coroutine<> start_named(Story& story) {
    co_yield NewTask{let_the_others_run(), "worker"};
    co_yield NewTask{let_the_others_run()};
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    story = {tasks[2].name, tasks[3].name};
}

TEST_CASE("A task is named by its coroutine, unless NewTask says otherwise", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(start_named(story));
    CHECK(story == Story{"worker", "let_the_others_run"});
}

}  // namespace
}  // namespace yos
