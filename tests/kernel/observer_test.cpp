#include "kernel/doors/observer.h"

#include "syscalls/get_tid.h"
#include "syscalls/new_task.h"
#include "syscalls/wait_task.h"
#include "syscalls/yield.h"
#include "tasks/interruption.h"
#include "tests/lib/machine.h"

#include <functional>
#include <stdexcept>

namespace yos {
namespace {

using Lines = std::vector<std::string>;

Coroutine<> make_calls(int calls) {
    for (int i = 0; i < calls; ++i) {
        co_yield GetTid{};
    }
}

Coroutine<> spawn_and_wait() {
    const Tid child = co_yield NewTask{make_calls(1)};
    co_yield WaitTask{child};
}

Coroutine<> call_and_throw() {
    co_yield Yield{};
    throw std::runtime_error("no more");
}

TEST_CASE("an observer is told of all that happens, in order", "[kernel]") {
    Machine machine;
    machine.run(spawn_and_wait());
    CHECK(machine.record.lines == Lines{"1 spawned",
                                        "1 trapped NewTask(\"\")",
                                        "2 spawned",
                                        "1 completed NewTask(\"\") = 2",
                                        "1 trapped WaitTask(2)",
                                        "1 blocked on WaitTask(2)",
                                        "2 trapped GetTid()",
                                        "2 completed GetTid() = 2",
                                        "2 returned 0",
                                        "1 completed WaitTask(2) = returned 0",
                                        "1 woken by 2",
                                        "1 returned 0"});
}

TEST_CASE("an observer is told how a task ended", "[kernel]") {
    Machine machine;
    machine.run(call_and_throw());
    CHECK(machine.record.lines.back() == "1 threw \"no more\"");
}

/// Counts what it is told, and does something at one of the events.
class Counter final : public Observer {
public:
    void trapped(const Task& /*task*/, const Trap& /*trap*/) override {
        ++traps;
        if (at_trap) {
            at_trap();
        }
    }
    void exited(const Task& /*task*/, const ExitStatus& /*status*/) override { ++exits; }

    int traps = 0;
    int exits = 0;
    std::function<void()> at_trap;
};

/// Three of them. The kernel's own task is not counted: it does not run while others are ready.
struct Observed {
    Observed() {
        machine.kernel().attach(first);
        machine.kernel().attach(second);
        machine.kernel().attach(third);
    }
    ~Observed() {
        machine.kernel().detach(first);
        machine.kernel().detach(second);
        machine.kernel().detach(third);
    }

    Lines warnings() {
        Lines found;
        for (const std::string& line : machine.kernel().log().recent()) {
            if (line.find("observer") != std::string::npos) {
                found.push_back(line.substr(line.find(' ') + 1));
            }
        }
        return found;
    }

    Machine machine;
    Counter first;
    Counter second;
    Counter third;
};

TEST_CASE("an observer that throws is detached and logged, and the others hear everything",
          "[kernel]") {
    Observed observed;
    observed.second.at_trap = [] { throw std::runtime_error("bug in the observer"); };
    CHECK(observed.machine.run(make_calls(3)) == Ending::finished);
    CHECK(observed.first.traps == 3);
    CHECK(observed.second.traps == 1);
    CHECK(observed.third.traps == 3);
    CHECK(observed.second.exits == 0);
    CHECK(observed.third.exits == 1);
    CHECK(observed.machine.record.has("1 returned 0"));
    CHECK(observed.warnings() ==
          Lines{"warning: an observer threw and was detached: bug in the observer"});
}

TEST_CASE("an observer may throw what is no std::exception", "[kernel]") {
    Observed observed;
    observed.first.at_trap = [] { throw 42; };
    observed.third.at_trap = [] { throw Cancelled(1, "an interruption"); };
    CHECK(observed.machine.run(make_calls(3)) == Ending::finished);
    CHECK(observed.first.traps == 1);
    CHECK(observed.second.traps == 3);
    CHECK(observed.third.traps == 1);
    CHECK(observed.warnings() ==
          Lines(2, "warning: an observer threw and was detached: not a std::exception"));
}

TEST_CASE("an observer may detach itself and others in the midst of an event", "[kernel]") {
    Observed observed;
    Kernel& kernel = observed.machine.kernel();
    observed.first.at_trap = [&] {
        kernel.detach(observed.first);
        throw std::runtime_error("and throw");
    };
    CHECK(observed.machine.run(make_calls(3)) == Ending::finished);
    CHECK(observed.first.traps == 1);
    CHECK(observed.second.traps == 3);  // has missed nothing
    CHECK(observed.third.traps == 3);

    observed.second.at_trap = [&] { kernel.detach(observed.third); };
    CHECK(observed.machine.run(make_calls(2)) == Ending::finished);
    CHECK(observed.second.traps == 5);
    CHECK(observed.third.traps == 3);
}

TEST_CASE("an observer may attach another in the midst of an event", "[kernel]") {
    Observed observed;
    Kernel& kernel = observed.machine.kernel();
    kernel.detach(observed.third);
    observed.first.at_trap = [&] {
        if (observed.first.traps == 2) {
            kernel.attach(observed.third);
        }
    };
    CHECK(observed.machine.run(make_calls(4)) == Ending::finished);
    CHECK(observed.third.traps >= 2);
    CHECK(observed.third.traps <= 3);
    CHECK(observed.third.exits == 1);
}

TEST_CASE("an observer that is detached hears nothing more, and detaching twice does no harm",
          "[kernel]") {
    Observed observed;
    observed.machine.kernel().detach(observed.second);
    observed.machine.kernel().detach(observed.second);
    observed.machine.run(make_calls(2));
    CHECK(observed.second.traps == 0);
    CHECK(observed.first.traps == 2);
}

}  // namespace
}  // namespace yos
