// Virtual time stands still while anybody is ready, and then jumps to the next timer.

#include "syscalls/new_task.h"
#include "syscalls/now.h"
#include "syscalls/sleep.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

#include <sstream>

namespace yos {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

Coroutine<> sleep_and_tell(Lines& out, std::string name, Duration duration) {
    co_yield Sleep{duration};
    const Time now = co_yield Now{};
    std::ostringstream line;
    line << name << " at ";
    print_value(line, now);
    out.push_back(line.str());
}

Coroutine<> be_busy(std::vector<Time>& times) {
    for (int i = 0; i < 1000; ++i) {
        co_yield Yield{};
        times.push_back(co_yield Now{});
    }
}

TEST_CASE("virtual time jumps from timer to timer", "[kernel]") {
    Machine machine;
    Lines out;
    machine.kernel().spawn(sleep_and_tell(out, "a day", 24h));
    machine.kernel().spawn(sleep_and_tell(out, "a moment", 1ns));
    machine.kernel().spawn(sleep_and_tell(out, "a second", 1s));
    machine.kernel().run();
    CHECK(out == Lines{"a moment at 1ns", "a second at 1s", "a day at 86400s"});
    CHECK(machine.kernel().now() == Time{24h});
}

TEST_CASE("those who sleep until the same time wake in the order they fell asleep", "[kernel]") {
    Machine machine;
    Lines out;
    for (const std::string name : {"first", "second", "third"}) {
        machine.kernel().spawn(sleep_and_tell(out, name, 5ms));
    }
    machine.kernel().run();
    CHECK(out == Lines{"first at 5ms", "second at 5ms", "third at 5ms"});
}

TEST_CASE("virtual time stands still while a task is ready", "[kernel]") {
    Machine machine;
    Lines out;
    std::vector<Time> times;
    machine.kernel().spawn(sleep_and_tell(out, "the sleeper", 1ns));
    machine.kernel().spawn(be_busy(times));
    machine.kernel().run();
    CHECK(times == std::vector<Time>(1000, Time{}));
    CHECK(out == Lines{"the sleeper at 1ns"});
}

TEST_CASE("virtual time begins at 0 and goes on from one run to the next", "[kernel]") {
    Machine machine;
    Lines out;
    CHECK(machine.kernel().now() == Time{});
    machine.run(sleep_and_tell(out, "the first", 1s));
    machine.run(sleep_and_tell(out, "the next", 1s));
    CHECK(out == Lines{"the first at 1s", "the next at 2s"});
}

Coroutine<> sleep_for_ever_twice(std::vector<Time>& times) {
    co_yield Sleep{1h};
    co_yield Sleep{Duration::max()};
    times.push_back(co_yield Now{});
    co_yield Sleep{1s};
    times.push_back(co_yield Now{});
}

TEST_CASE("the end of time is the end: nobody sleeps longer", "[kernel]") {
    Machine machine;
    std::vector<Time> times;
    CHECK(machine.run(sleep_for_ever_twice(times)) == Ending::finished);
    CHECK(times == std::vector<Time>{Time::max(), Time::max()});
}

Coroutine<> sleep_in_steps(int steps) {
    for (int i = 0; i < steps; ++i) {
        co_yield Sleep{1h};
    }
}

TEST_CASE("years pass in a moment, without polling in between", "[kernel]") {
    Machine machine;
    machine.run(sleep_in_steps(24 * 365));
    CHECK(machine.kernel().now() == Time{24h * 365});
    const Task& io = *machine.kernel().find_alive(kernel_tid);
    CHECK(io.switches() <= 2 * 24 * 365);
}

Coroutine<> watch_the_clock(bool& went_back, Time& last) {
    for (int i = 0; i < 1000; ++i) {
        const Time now = co_yield Now{};
        went_back = went_back || now < last;
        last = now;
    }
}

TEST_CASE("the real clock goes on by itself, and never back", "[kernel]") {
    Kernel::Options options = Machine::on_host();
    options.virtual_time = false;
    Machine machine(options);
    bool went_back = false;
    Time last{};
    machine.run(watch_the_clock(went_back, last));
    CHECK(!went_back);
    CHECK(last > Time{});
}

}  // namespace
}  // namespace yos
