#include "syscalls/detach_task.h"

#include "syscalls/list_tasks.h"
#include "syscalls/new_task.h"
#include "syscalls/wait_task.h"
#include "syscalls/yield.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> yield_once() {
    co_yield Yield{};
}

Coroutine<bool> is_listed(Tid tid) {
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    co_return std::any_of(
        tasks.begin(), tasks.end(), [tid](const TaskSnapshot& task) { return task.tid == tid; });
}

Coroutine<> detach_and_look(bool ended, std::vector<bool>& seen) {
    const Tid child = co_yield NewTask{yield_once()}.joinable();
    if (ended) {
        co_yield Sleep{std::chrono::seconds(1)};
        seen.push_back(co_await is_listed(child));
        seen.push_back(co_yield DetachTask{child});
    } else {
        seen.push_back(co_await is_listed(child));
        seen.push_back(co_yield DetachTask{child});
        co_yield Sleep{std::chrono::seconds(1)};
    }
    seen.push_back(co_await is_listed(child));
    seen.push_back(co_yield DetachTask{child});
}

TEST_CASE("A detached child leaves nothing behind, whether it has ended or not", "[syscalls]") {
    Machine machine;
    std::vector<bool> seen;
    machine.run(detach_and_look(GENERATE(false, true), seen));
    CHECK(seen == std::vector<bool>{true, true, false, false});
}

Coroutine<> wait_for_detached(Story& story) {
    const Tid child = co_yield NewTask{yield_once()}.joinable();
    co_yield DetachTask{child};
    story.push_back("it " + in_words(co_yield WaitTask{child}));
}

TEST_CASE("A detached child that runs still can be waited for", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(wait_for_detached(story));
    CHECK(story == Story{"it returned 0"});
}

Coroutine<> detach(Tid tid, std::error_code& error) {
    try {
        co_yield DetachTask{tid};
    } catch (const std::system_error& failure) {
        error = failure.code();
    }
}

TEST_CASE("Only its parent can detach a task", "[syscalls]") {
    Machine machine;
    std::error_code error;
    const Tid other = machine.kernel().spawn(yield_once());
    machine.run(detach(other, error));
    CHECK(error == std::errc::no_child_process);
}

}  // namespace
}  // namespace yos
