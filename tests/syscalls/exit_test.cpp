#include "syscalls/exit.h"

#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> descend_and_exit(Story& story, int depth, int status) {
    const Mortal here(story, "frame " + std::to_string(depth));
    if (depth < 3) {
        co_await descend_and_exit(story, depth + 1, status);
    } else {
        co_yield Exit{status};
    }
    story.push_back("went on");
}

TEST_CASE("Exit ends a task from any depth, its stack unwound innermost first", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(descend_and_exit(story, 1, 5)) == Ending::finished);
    CHECK(story == Story{"frame 3 gone", "frame 2 gone", "frame 1 gone"});
    CHECK(machine.record.has("1 returned 5"));
}

Coroutine<int> exit_in_a_handler_for_everything(Story& story) {
    try {
        co_await descend_and_exit(story, 3, 0);
    } catch (...) {
        story.push_back("caught it");
    }
    co_return 1;
}

TEST_CASE("Exit is no exception that a task could catch", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(exit_in_a_handler_for_everything(story)) == Ending::finished);
    CHECK(story == Story{"frame 3 gone"});
    CHECK(machine.record.has("1 returned 0"));
}

TEST_CASE("Exit under with_timeout takes the deadline with it", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(with_timeout(1s, with_timeout(2s, descend_and_exit(story, 2, 4)))) ==
          Ending::finished);
    CHECK(story == Story{"frame 3 gone", "frame 2 gone"});
    CHECK(machine.record.has("1 returned 4"));
    CHECK(machine.kernel().timers().empty());
    CHECK(machine.kernel().now() == Time(0s));
}

Coroutine<> start_and_exit(Story& story) {
    co_yield NewTask{tell_failure(story, "child", let_the_others_run())};
    co_yield Exit{0};
}

TEST_CASE("The children of a task that exits live on", "[syscalls]") {
    Machine machine;
    Story story;
    CHECK(machine.run(start_and_exit(story)) == Ending::finished);
    CHECK(machine.record.lines.back() == "2 returned 0");
    CHECK(machine.kernel().now() == Time(1ms));
}

Coroutine<int> return_six() {
    co_return 6;
}

TEST_CASE("What the outermost coroutine returns is the exit status as well", "[syscalls]") {
    Machine machine;
    CHECK(machine.run(return_six()) == Ending::finished);
    CHECK(machine.record.has("1 returned 6"));
}

}  // namespace
}  // namespace yos
