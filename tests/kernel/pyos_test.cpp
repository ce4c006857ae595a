// With a quantum of 1 the kernel schedules as the course's does: what its examples print, and what
// a model of its scheduler, step by step after pyos6.py, does with random programs.

#include "syscalls/get_tid.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/wait_task.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"
#include "tests/lib/volume.h"

#include <deque>
#include <map>
#include <random>
#include <span>

namespace yos {
namespace {

using Lines = std::vector<std::string>;

Kernel::Options with_quantum(unsigned quantum) {
    Kernel::Options options = Machine::options();
    options.quantum = quantum;
    return options;
}

// ---- The course's examples ----

Coroutine<> say(Lines& out, std::string what, int times) {
    for (int i = 0; i < times; ++i) {
        out.push_back(what);
        co_yield Yield{};
    }
}

Coroutine<> say_who_i_am(Lines& out, std::string name, int times) {
    const Tid me = co_yield GetTid{};
    for (int i = 0; i < times; ++i) {
        out.push_back("I'm " + name + " " + std::to_string(me));
        co_yield Yield{};
    }
}

Coroutine<> spawn_and_kill(Lines& out) {
    const Tid child = co_yield NewTask{say_who_i_am(out, "foo", 1000)};
    for (int i = 0; i < 5; ++i) {
        co_yield Yield{};
    }
    co_yield KillTask{child};
    out.emplace_back("main done");
}

Coroutine<> spawn_and_wait(Lines& out) {
    const Tid child = co_yield NewTask{say(out, "I'm foo", 5)};
    out.emplace_back("Waiting for child");
    co_yield WaitTask{child};
    out.emplace_back("Child done");
}

TEST_CASE("pyos2: two tasks that yield take turns", "[kernel]") {
    Machine machine(with_quantum(1));
    Lines out;
    machine.kernel().spawn(say(out, "I'm foo", 3));
    machine.kernel().spawn(say(out, "I'm bar", 3));
    machine.kernel().run();
    CHECK(out == Lines{"I'm foo", "I'm bar", "I'm foo", "I'm bar", "I'm foo", "I'm bar"});
}

TEST_CASE("pyos3: when one of two tasks has ended, the other goes on", "[kernel]") {
    Machine machine(with_quantum(1));
    Lines out;
    machine.kernel().spawn(say(out, "foo", 2));
    machine.kernel().spawn(say(out, "bar", 4));
    machine.kernel().run();
    CHECK(out == Lines{"foo", "bar", "foo", "bar", "bar", "bar"});
    CHECK(machine.record.has("1 returned 0"));
    CHECK(machine.record.lines.back() == "2 returned 0");
}

TEST_CASE("pyos4: a system call is a turn as well", "[kernel]") {
    Machine machine(with_quantum(1));
    Lines out;
    machine.kernel().spawn(say_who_i_am(out, "foo", 2));
    machine.kernel().spawn(say_who_i_am(out, "bar", 1));
    machine.kernel().run();
    CHECK(out == Lines{"I'm foo 1", "I'm bar 2", "I'm foo 1"});
}

TEST_CASE("pyos5: a child starts before its parent goes on, and is killed", "[kernel]") {
    Machine machine(with_quantum(1));
    Lines out;
    machine.run(spawn_and_kill(out));
    CHECK(out ==
          Lines{"I'm foo 2", "I'm foo 2", "I'm foo 2", "I'm foo 2", "I'm foo 2", "main done"});
}

TEST_CASE("pyos6: a parent waits for its child", "[kernel]") {
    Machine machine(with_quantum(1));
    Lines out;
    machine.run(spawn_and_wait(out));
    CHECK(out == Lines{"I'm foo",
                       "Waiting for child",
                       "I'm foo",
                       "I'm foo",
                       "I'm foo",
                       "I'm foo",
                       "Child done"});
}

// ---- Random programs ----

struct Step {
    enum class What { yield, get_tid, new_task, wait_task };
    What what;
    std::size_t operand = 0;  // new_task: which program; wait_task: how many tids above one's own
};

using Script = std::vector<Step>;

/// Programs whose tasks tell what each of their calls gave them. A program starts only such as
/// come after it, so all of it ends.
std::vector<Script> random_programs(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<Script> programs(5);
    for (std::size_t program = 0; program < programs.size(); ++program) {
        for (auto steps = 1 + random() % 8; steps > 0; --steps) {
            const auto what = static_cast<Step::What>(random() % 4);
            Step step{what};
            if (what == Step::What::wait_task) {
                step.operand = 1 + random() % 6;
            } else if (what == Step::What::new_task) {
                step.operand = program + 1 + random() % programs.size();
                step.what = step.operand < programs.size() ? what : Step::What::yield;
            }
            programs[program].push_back(step);
        }
    }
    return programs;
}

std::string line(Tid tid, std::size_t step, Tid result) {
    return std::to_string(tid) + ": step " + std::to_string(step) + " gave " +
           std::to_string(result);
}

/// The scheduler of pyos6.py.
class Pyos {
public:
    explicit Pyos(const std::vector<Script>& programs) : programs_(programs) {}

    Lines run() {
        create(0);
        while (!tasks_.empty()) {
            Task& task = tasks_.at(ready_.front());
            ready_.pop_front();
            run(task);
        }
        return std::move(out_);
    }

private:
    struct Task {
        Tid tid;
        const Script& script;
        std::size_t next = 0;
        Tid sendval = 0;
    };

    Tid create(std::size_t program) {
        const Tid tid = ++last_tid_;
        tasks_.emplace(tid, Task{tid, programs_[program]});
        ready_.push_back(tid);
        return tid;
    }

    void run(Task& task) {
        if (task.next > 0) {
            out_.push_back(line(task.tid, task.next - 1, task.sendval));
            task.sendval = 0;
        }
        if (task.next == task.script.size()) {
            return exit(task.tid);
        }
        const Step& step = task.script[task.next++];
        switch (step.what) {
            case Step::What::yield:
                break;
            case Step::What::get_tid:
                task.sendval = task.tid;
                break;
            case Step::What::new_task:
                task.sendval = create(step.operand);
                break;
            case Step::What::wait_task:
                if (tasks_.contains(task.tid + step.operand)) {
                    task.sendval = 1;
                    exit_waiting_[task.tid + step.operand].push_back(task.tid);
                    return;
                }
        }
        ready_.push_back(task.tid);
    }

    void exit(Tid tid) {
        tasks_.erase(tid);
        for (const Tid waiter : exit_waiting_[tid]) {
            ready_.push_back(waiter);
        }
    }

    const std::vector<Script>& programs_;
    std::map<Tid, Task> tasks_;
    std::map<Tid, std::vector<Tid>> exit_waiting_;
    std::deque<Tid> ready_;
    Tid last_tid_ = 0;
    Lines out_;
};

/// The same program as a task.
Coroutine<> interpret(std::span<const Script> programs,
                      std::size_t program,
                      Tid& last_tid,
                      Lines& out) {
    const Tid me = ++last_tid;
    for (std::size_t i = 0; i < programs[program].size(); ++i) {
        const Step step = programs[program][i];
        Tid result = 0;
        switch (step.what) {
            case Step::What::yield:
                co_yield Yield{};
                break;
            case Step::What::get_tid:
                result = co_yield GetTid{};
                break;
            case Step::What::new_task:
                result = co_yield NewTask{interpret(programs, step.operand, last_tid, out)};
                break;
            case Step::What::wait_task: {
                const std::optional<ExitStatus> status = co_yield WaitTask{me + step.operand};
                result = status ? 1 : 0;
            }
        }
        out.push_back(line(me, i, result));
    }
}

Lines run_on_yos(const std::vector<Script>& programs, unsigned quantum) {
    Machine machine(with_quantum(quantum));
    Lines out;
    Tid last_tid = 0;
    machine.run(interpret(programs, 0, last_tid, out));
    return out;
}

TEST_CASE("random programs run as on pyos6, line by line", "[kernel]") {
    std::size_t lines = 0;
    int different_with_more = 0;
    for (unsigned seed = 0; seed < volume(500U); ++seed) {
        const std::vector<Script> programs = random_programs(seed);
        const Lines expected = Pyos(programs).run();
        INFO("seed " << seed);
        REQUIRE(run_on_yos(programs, 1) == expected);
        lines += expected.size();
        different_with_more += run_on_yos(programs, 2) != expected ? 1 : 0;
    }
    CHECK(lines > volume(std::size_t{4'000}));
    CHECK(different_with_more > volume(100));  // the quantum matters
}

}  // namespace
}  // namespace yos
