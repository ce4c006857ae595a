#include "syscalls/acquire.h"
#include "syscalls/lock.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/receive.h"
#include "syscalls/task_info.h"
#include "syscalls/unlock.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/actors.h"

#include <sstream>

namespace yos {
namespace {

/// What the kernel logged of the deadlock, line by line, without where in which file.
Story report(Machine& machine) {
    const std::vector<std::string> log = machine.kernel().log().recent();
    REQUIRE(!log.empty());
    std::istringstream text(log.front());
    Story lines;
    for (std::string line; std::getline(text, line);) {
        lines.push_back(line.substr(0, line.find(" at ")));
    }
    lines.front() = lines.front().substr(lines.front().find("error: "));
    return lines;
}

const std::string headline =
    "error: deadlock: no task is ready, no timer is set, nothing outside is waited for";

Coroutine<> lock_both(Story& story, Mutex& first, Mutex& second) {
    const Mortal frame(story, "frame");
    co_yield Lock{first};
    co_yield Yield{};
    co_yield Lock{second};
}

TEST_CASE("A deadlock is reported with who waits for whom, backtraces, and the cycle",
          "[deadlock]") {
    Machine machine;
    Mutex left;
    Mutex right;
    Story story;
    machine.kernel().spawn(lock_both(story, left, right), {.name = "ann"});
    machine.kernel().spawn(lock_both(story, right, left), {.name = "bob"});
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(report(machine) == Story{headline,
                                   "  task 1 (ann) waits in Lock() for task 2 (bob)",
                                   "      yos::lock_both",
                                   "  task 2 (bob) waits in Lock() for task 1 (ann)",
                                   "      yos::lock_both",
                                   "  cycle: task 1 (ann) -> task 2 (bob) -> task 1 (ann)"});
}

TEST_CASE("After a deadlock everything is unwound, and nobody has been left alive", "[deadlock]") {
    Machine machine;
    Mutex left;
    Mutex right;
    Story story;
    machine.kernel().spawn(lock_both(story, left, right));
    machine.kernel().spawn(lock_both(story, right, left));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(story == Story{"frame gone", "frame gone"});
    CHECK(machine.record.has("1 killed by 0"));
    CHECK(machine.record.has("2 killed by 0"));
    CHECK(machine.run(do_nothing()) == Ending::finished);
}

Coroutine<> receive_deeper(Channel<int>& channel) {
    co_yield Receive{channel};
}

Coroutine<> receive(Channel<int>& channel) {
    co_await receive_deeper(channel);
}

TEST_CASE("Whom nobody in particular can help has a backtrace and no one to blame", "[deadlock]") {
    Machine machine;
    Channel<int> channel(0);
    machine.kernel().spawn(receive(channel));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(report(machine) == Story{headline,
                                   "  task 1 (receive) waits in Receive()",
                                   "      yos::receive_deeper",
                                   "      yos::receive"});
}

Coroutine<> wait_for(Tid tid) {
    co_yield WaitTask{tid};
}

TEST_CASE("A cycle is named once, and who waits for one of it is outside of it", "[deadlock]") {
    Machine machine;
    machine.kernel().spawn(wait_for(3), {.name = "outsider"});
    machine.kernel().spawn(wait_for(3), {.name = "ann"});
    machine.kernel().spawn(wait_for(4), {.name = "bob"});
    machine.kernel().spawn(wait_for(2), {.name = "cid"});
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(report(machine) ==
          Story{headline,
                "  task 1 (outsider) waits in WaitTask(3) for task 3 (bob)",
                "      yos::wait_for",
                "  task 2 (ann) waits in WaitTask(3) for task 3 (bob)",
                "      yos::wait_for",
                "  task 3 (bob) waits in WaitTask(4) for task 4 (cid)",
                "      yos::wait_for",
                "  task 4 (cid) waits in WaitTask(2) for task 2 (ann)",
                "      yos::wait_for",
                "  cycle: task 2 (ann) -> task 3 (bob) -> task 4 (cid) -> task 2 (ann)"});
}

TEST_CASE("Two cycles are named as two", "[deadlock]") {
    Machine machine;
    for (const Tid tid : {2, 1, 4, 3}) {
        machine.kernel().spawn(wait_for(tid), {.name = "t"});
    }
    CHECK(machine.kernel().run() == Ending::deadlocked);
    const Story lines = report(machine);
    REQUIRE(lines.size() == 11);
    CHECK(lines[9] == "  cycle: task 1 (t) -> task 2 (t) -> task 1 (t)");
    CHECK(lines[10] == "  cycle: task 3 (t) -> task 4 (t) -> task 3 (t)");
}

Coroutine<> recurse(Channel<int>& channel, int depth) {
    if (depth > 0) {
        co_await recurse(channel, depth - 1);
    } else {
        co_yield Receive{channel};
    }
}

TEST_CASE("A deadlock of very many tasks, or of very deep ones, is reported in brief",
          "[deadlock]") {
    Machine machine;
    Channel<int> channel(0);
    SECTION("a long line of tasks, each waiting for the next") {
        constexpr Tid length = 20'000;
        for (Tid tid = 1; tid < length; ++tid) {
            machine.kernel().spawn(wait_for(tid + 1));
        }
        machine.kernel().spawn(wait_for(length - 1));  // a cycle at its end
        CHECK(machine.kernel().run() == Ending::deadlocked);
        const Story lines = report(machine);
        CHECK(lines.size() == 2 * limits::tasks_in_report + 3);
        CHECK(lines[lines.size() - 2] == "  and 19900 more");
        CHECK(lines.back() ==
              "  cycle: task 19999 (wait_for) -> task 20000 (wait_for) -> task 19999 (wait_for)");
    }
    SECTION("a ring of tasks, each waiting for the next") {
        constexpr Tid length = 20'000;
        for (Tid tid = 1; tid <= length; ++tid) {
            machine.kernel().spawn(wait_for(tid % length + 1));
        }
        CHECK(machine.kernel().run() == Ending::deadlocked);
        CHECK(report(machine).back().ends_with(
            " -> task 100 (wait_for) -> and 19900 more -> task 1 (wait_for)"));
    }
    SECTION("a deep recursion") {
        machine.kernel().spawn(recurse(channel, 100'000));
        CHECK(machine.kernel().run() == Ending::deadlocked);
        const Story lines = report(machine);
        CHECK(lines.size() == limits::frames_in_report + 3);
        CHECK(lines.back() == "      and 99969 more");
    }
}

Coroutine<> lock_and_wait(Mutex& mutex, Tid tid) {
    co_yield Lock{mutex};
    co_yield WaitTask{tid};
}

Coroutine<> lock(Mutex& mutex) {
    co_yield Lock{mutex};
}

TEST_CASE("A cycle may run through locks and tasks alike", "[deadlock]") {
    Machine machine;
    Mutex mutex;
    machine.kernel().spawn(lock_and_wait(mutex, 2), {.name = "ann"});
    machine.kernel().spawn(lock(mutex), {.name = "bob"});
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(report(machine).back() == "  cycle: task 1 (ann) -> task 2 (bob) -> task 1 (ann)");
}

Coroutine<> read_own_pipe() {
    const PipeEnds ends = co_yield Pipe{};
    char byte = 0;
    co_yield Read{ends.reader, std::span(&byte, 1)};
}

TEST_CASE("A task that reads a pipe which only itself could write is a deadlock", "[deadlock]") {
    Machine machine;
    CHECK(machine.run(read_own_pipe()) == Ending::deadlocked);
    CHECK(machine.kernel().descriptors().size() == 0);
}

TEST_CASE("A task that will wake up by itself is no deadlock", "[deadlock]") {
    Machine machine;
    Semaphore semaphore(0);
    Channel<int> channel(0);
    Story story;
    SECTION("because it sleeps") {
        machine.kernel().spawn(let_the_others_run());
        machine.kernel().spawn(wait_for(1));
    }
    SECTION("because it has a deadline") {
        auto receiving = with_timeout(1ms, receive(channel));
        machine.kernel().spawn(tell_failure(story, "ann", std::move(receiving)));
        machine.kernel().spawn(wait_for(1));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(machine.kernel().log().recent().empty());
}

Coroutine<> print_graph(Kernel& kernel, std::string& graph) {
    co_await let_the_others_run();
    graph = kernel.wait_graph();
}

TEST_CASE("The wait graph leaves out who does not wait", "[deadlock]") {
    Machine machine;
    std::string graph;
    machine.kernel().spawn(wait_for(2), {.name = "ann"});
    machine.kernel().spawn(print_graph(machine.kernel(), graph), {.name = "bob"});
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(graph.find("task 1 (ann) waits in WaitTask(2) for task 2 (bob)") != std::string::npos);
    CHECK(graph.find("task 2 (bob) waits") == std::string::npos);
    CHECK(graph.find("cycle") == std::string::npos);
}

/// Wakes somebody as it is unwound.
Coroutine<> lend_a_channel(Channel<int>*& lent) {
    Channel<int> channel(0);
    lent = &channel;
    co_yield Receive{channel};
}

Coroutine<> borrow(Channel<int>*& lent) {
    co_yield Receive{*lent};
}

TEST_CASE("Tasks that are woken while a deadlock is unwound end as well", "[deadlock]") {
    Machine machine;
    Channel<int>* lent = nullptr;
    machine.kernel().spawn(lend_a_channel(lent));
    machine.kernel().spawn(borrow(lent));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(machine.record.has("2 woken by 0"));
    CHECK(machine.record.has("2 killed by 0"));
}

}  // namespace
}  // namespace yos
