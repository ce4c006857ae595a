// How long a task may go on, and that nobody is left out.

#include "syscalls/get_tid.h"
#include "syscalls/in_thread.h"
#include "syscalls/new_task.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/sleep.h"
#include "syscalls/write.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

#include <algorithm>
#include <array>
#include <string>

namespace yos {
namespace {

Kernel::Options with_quantum(unsigned quantum) {
    Kernel::Options options = Machine::options();
    options.quantum = quantum;
    return options;
}

/// Writes its letter after each call.
Coroutine<> make_calls(std::string& out, char letter, int calls) {
    for (int i = 0; i < calls; ++i) {
        co_yield GetTid{};
        out += letter;
    }
}

std::string shared_by_two(unsigned quantum, int calls) {
    Machine machine(with_quantum(quantum));
    std::string out;
    machine.kernel().spawn(make_calls(out, 'a', calls));
    machine.kernel().spawn(make_calls(out, 'b', calls));
    machine.kernel().run();
    return out;
}

Coroutine<> yield_between(std::string& out, char letter) {
    for (int i = 0; i < 3; ++i) {
        co_yield GetTid{};
        out += letter;
        co_yield Yield{};
    }
}

TEST_CASE("a task goes on for as many calls as its quantum, then the next has its turn",
          "[kernel]") {
    CHECK(shared_by_two(1, 4) == "abababab");
    CHECK(shared_by_two(2, 4) == "abaabbab");  // the call that ends a turn returns in the next
    CHECK(shared_by_two(3, 4) == "aabbaabb");
    CHECK(shared_by_two(100, 4) == "aaaabbbb");
}

TEST_CASE("the default quantum lets a task make 32 calls in a row", "[kernel]") {
    CHECK(limits::quantum == 32);
    const std::string out = shared_by_two(limits::quantum, 100);
    CHECK(out.find_first_not_of('a') == 31);
    CHECK(out.find('a', 31) == 31 + 31);
    CHECK(std::count(out.begin(), out.end(), 'a') == 100);
}

TEST_CASE("a quantum of 0 is one of 1", "[kernel]") {
    CHECK(shared_by_two(0, 4) == shared_by_two(1, 4));
}

TEST_CASE("Yield ends a turn, whatever is left of the quantum", "[kernel]") {
    Machine machine(with_quantum(100));
    std::string out;
    machine.kernel().spawn(yield_between(out, 'a'));
    machine.kernel().spawn(yield_between(out, 'b'));
    machine.kernel().run();
    CHECK(out == "ababab");
}

TEST_CASE("each task of many has its turn before any has its second", "[kernel]") {
    constexpr int tasks = 200;
    Machine machine;
    std::string out;
    for (int i = 0; i < tasks; ++i) {
        machine.kernel().spawn(make_calls(out, static_cast<char>(i), 100));
    }
    machine.kernel().run();
    CHECK(out.size() == tasks * 100);
    std::array<int, 256> turns{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto task = static_cast<unsigned char>(out[i]);
        if (i == 0 || out[i] != out[i - 1]) {
            REQUIRE(turns[task] == turns[0] - (task == 0 ? 0 : 1));
            ++turns[task];
        }
    }
}

Coroutine<> spin_until(bool& done) {
    while (!done) {
        co_yield GetTid{};
    }
}

Coroutine<> do_in_thread(bool& done) {
    const auto nothing = [] {};
    co_yield InThread{nothing};
    done = true;
}

TEST_CASE("tasks that never block do not keep the outside out", "[kernel]") {
    Machine machine;
    bool done = false;
    machine.kernel().spawn(spin_until(done));
    machine.kernel().spawn(do_in_thread(done));
    CHECK(machine.kernel().run() == Ending::finished);
}

Coroutine<> sleep_a_little(bool& done) {
    co_yield Sleep{std::chrono::nanoseconds(1)};
    done = true;
}

TEST_CASE("tasks that never block do not stop the real clock's timers", "[kernel]") {
    Kernel::Options options = Machine::on_host();
    options.virtual_time = false;
    Machine machine(options);
    bool done = false;
    machine.kernel().spawn(spin_until(done));
    machine.kernel().spawn(sleep_a_little(done));
    CHECK(machine.kernel().run() == Ending::finished);
}

/// Two that keep each other busy, one byte at a time.
Coroutine<> play(Fd in, Fd out, bool& done) {
    std::array<char, 1> ball{};
    const std::span<char> buffer(ball);
    while (!done) {
        co_yield Write{out, buffer};
        co_yield Read{in, buffer};
    }
    co_yield Write{out, buffer};
}

Coroutine<> play_and_count(bool& done, int& turns) {
    const PipeEnds there = co_yield Pipe{};
    const PipeEnds back = co_yield Pipe{};
    co_yield NewTask{play(there.reader, back.writer, done)};
    co_yield NewTask{play(back.reader, there.writer, done)};
    for (; turns < 1000; ++turns) {
        co_yield Yield{};
    }
    done = true;
    co_yield Sleep{std::chrono::seconds(1)};  // until they have seen it
}

TEST_CASE("two tasks that wake each other do not starve a third", "[kernel]") {
    Machine machine;
    bool done = false;
    int turns = 0;
    CHECK(machine.run(play_and_count(done, turns)) == Ending::finished);
    CHECK(turns == 1000);
}

TEST_CASE("traps and dispatches are counted for each task", "[kernel]") {
    Machine machine(with_quantum(4));
    std::string out;
    machine.kernel().spawn(make_calls(out, 'a', 10));
    machine.kernel().spawn([](Kernel& kernel) -> Coroutine<> {
        co_yield Yield{};
        const Task& first = *kernel.find_alive(1);
        CHECK(first.traps() == 8);
        CHECK(first.switches() == 2);
        const Task& self = *kernel.find_alive(2);
        CHECK(self.traps() == 1);
        CHECK(self.switches() == 2);
    }(machine.kernel()));
    machine.kernel().run();
}

}  // namespace
}  // namespace yos
