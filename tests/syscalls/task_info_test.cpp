#include "syscalls/task_info.h"

#include "syscalls/list_tasks.h"
#include "syscalls/wait_task.h"
#include "tests/lib/actors.h"

#include <sstream>

namespace yos {
namespace {

std::string in_words(const TaskSnapshot& task) {
    std::ostringstream out;
    out << task.tid << " child of " << task.parent << ", " << task.name << ", "
        << state_of(task);
    if (!task.waiting_for.empty()) {
        out << " in " << task.waiting_for;
    }
    return out.str();
}

Coroutine<> tell_about(Story& story, Tid tid) {
    const std::optional<TaskSnapshot> task = co_yield TaskInfo{tid};
    story.push_back(task ? in_words(*task) : "none");
}

Coroutine<> sleep_deeper() {
    co_yield Sleep{1s};
}

Coroutine<> sleep_deep() {
    co_await sleep_deeper();
}

Coroutine<> look_around(Story& story) {
    const Tid zombie = co_yield NewTask{do_nothing(), "ended"}.joinable();
    co_yield NewTask{sleep_deep()};
    co_await let_the_others_run();
    co_yield NewTask{do_nothing(), "fresh"};
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    for (const TaskSnapshot& task : tasks) {
        story.push_back(in_words(task));
    }
    co_yield WaitTask{zombie};
}

TEST_CASE("ListTasks shows every task, the kernel's too, by rising tid", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(look_around(story));
    REQUIRE(story.size() == 5);
    CHECK(story[0].substr(0, 16) == "0 child of 0, io");
    CHECK(story[1] == "1 child of 0, look_around, running");
    CHECK(story[2] == "2 child of 1, ended, zombie");
    CHECK(story[3] == "3 child of 1, sleep_deep, blocked in Sleep(1s)");
    CHECK(story[4] == "4 child of 1, fresh, ready");
}

TEST_CASE("TaskInfo tells of one task, and of none when there is none", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid sleeping = machine.kernel().spawn(sleep_deep());
    machine.kernel().spawn(tell_about(story, sleeping));
    machine.kernel().spawn(tell_about(story, 3));
    machine.kernel().spawn(tell_about(story, 2));
    machine.kernel().spawn(tell_about(story, 99));
    machine.kernel().run();
    CHECK(story == Story{"1 child of 0, sleep_deep, blocked in Sleep(1s)",
                         "3 child of 0, tell_about, running",
                         "none",
                         "none"});
}

Coroutine<> keep_info(std::optional<TaskSnapshot>& info, Tid tid) {
    info = co_yield TaskInfo{tid};
}

TEST_CASE("TaskInfo gives the backtrace, innermost first, with file and line", "[syscalls]") {
    Machine machine;
    std::optional<TaskSnapshot> info;
    const Tid sleeping = machine.kernel().spawn(sleep_deep());
    machine.run(keep_info(info, sleeping));
    REQUIRE(info.has_value());
    REQUIRE(info->backtrace.size() == 2);
    CHECK(info->backtrace[0].function == "yos::sleep_deeper");
    CHECK(info->backtrace[1].function == "yos::sleep_deep");
    for (const StackEntry& entry : info->backtrace) {
        CHECK(entry.file.ends_with("tests/syscalls/task_info_test.cpp"));
    }
    CHECK(info->backtrace[1].line == info->backtrace[0].line + 4);
}

Coroutine<> yield_often(int times) {
    for (int i = 0; i < times; ++i) {
        co_yield Yield{};
    }
    co_yield Sleep{1s};
}

Coroutine<> keep_info_later(std::optional<TaskSnapshot>& info, Tid tid) {
    co_await let_the_others_run();
    info = co_yield TaskInfo{tid};
}

TEST_CASE("TaskInfo counts the traps and the switches of a task", "[syscalls]") {
    Machine machine;
    std::optional<TaskSnapshot> info;
    const Tid yielding = machine.kernel().spawn(yield_often(4));
    machine.run(keep_info_later(info, yielding));
    REQUIRE(info.has_value());
    CHECK(info->traps == 5);     // four Yields and a Sleep
    CHECK(info->switches == 5);  // a fresh one after each Yield
    CHECK(!info->is_kernel);
}

Coroutine<> keep_jobs(std::vector<Tid>& jobs) {
    co_yield NewTask{let_the_others_run()};
    co_yield NewTask{let_the_others_run()}.leads_job();
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    for (const TaskSnapshot& task : tasks) {
        jobs.push_back(task.job);
    }
}

TEST_CASE("A child is of its parent's job unless it leads one", "[syscalls]") {
    Machine machine;
    std::vector<Tid> jobs;
    machine.run(keep_jobs(jobs));
    CHECK(jobs == std::vector<Tid>{0, 1, 1, 3});
}

}  // namespace
}  // namespace yos
