#include "kernel/doors/policy.h"

#include "syscalls/continue_job.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/random.h"
#include "syscalls/sleep.h"
#include "syscalls/stop_job.h"
#include "syscalls/wait_task.h"
#include "syscalls/yield.h"
#include "tests/lib/actors.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace yos {
namespace {

/// The youngest task is next: ten lines.
class YoungestFirst : public Policy {
public:
    void ready(Task& task) override { ready_.push_back(&task); }
    void unready(Task& task) noexcept override { std::erase(ready_, &task); }
    std::span<Task* const> best() override {
        best_ = *std::max_element(ready_.begin(), ready_.end(), [](const Task* a, const Task* b) {
            return a->tid() < b->tid();
        });
        return {&best_, 1};
    }

protected:
    std::vector<Task*> ready_;
    Task* best_ = nullptr;
};

Coroutine<> write(std::string& out, char letter, int times) {
    for (int i = 0; i < times; ++i) {
        out += letter;
        co_yield Yield{};
    }
}

/// What three tasks write, each three letters, by that policy.
std::string written_by_three(Machine& machine, Policy* policy) {
    std::string out;
    machine.kernel().set_policy(policy);
    for (const char letter : {'a', 'b', 'c'}) {
        machine.kernel().spawn(write(out, letter, 3));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    machine.kernel().set_policy(nullptr);
    return out;
}

bool was_dismissed(Machine& machine, const std::string& why) {
    const std::vector<std::string> log = machine.kernel().log().recent();
    return log.size() == 1 && log.front().ends_with("the policy was dismissed: " + why);
}

TEST_CASE("a policy says who is next", "[doors]") {
    Machine machine;
    YoungestFirst policy;
    CHECK(written_by_three(machine, &policy) == "cccbbbaaa");
    CHECK(written_by_three(machine, nullptr) == "abcabcabc");
}

Coroutine<> start_and_wake(std::string& out) {
    co_yield NewTask{write(out, 'x', 2)};
    co_yield Sleep{1ms};
    out += '.';
    co_yield NewTask{write(out, 'y', 2)};
    co_yield NewTask{write(out, 'z', 2)};
    co_yield Yield{};
    out += '!';
}

TEST_CASE("a policy is told of tasks that are new, were woken and had their turn", "[doors]") {
    Machine machine;
    YoungestFirst policy;
    machine.kernel().set_policy(&policy);
    std::string out;
    machine.run(start_and_wake(out));
    CHECK(out == "xx.zzyy!");
    machine.kernel().set_policy(nullptr);
}

/// Finds all equal, and keeps them in the order they became ready.
class AllEqual : public Policy {
public:
    void ready(Task& task) override { ready_.push_back(&task); }
    void unready(Task& task) noexcept override { std::erase(ready_, &task); }
    std::span<Task* const> best() override { return ready_; }

private:
    std::vector<Task*> ready_;
};

TEST_CASE("of several that a policy offers the oracle chooses, and without one it is the first",
          "[doors]") {
    AllEqual policy;
    Machine plain;
    CHECK(written_by_three(plain, &policy) == "abcabcabc");

    std::set<std::string> orders;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        AllEqual another;
        Machine machine(seed);
        const std::string order = written_by_three(machine, &another);
        CHECK(order.size() == 9);
        orders.insert(order);
    }
    CHECK(orders.size() > 10);
}

/// The first task has long turns, and how turns were used is written down.
class WithQuanta final : public AllEqual {
public:
    explicit WithQuanta(Story& story) : story_(story) {}
    unsigned quantum(const Task& task) override { return task.tid() == 1 ? 5 : 0; }
    void ran(const Task& task, const Turn& turn) override {
        story_.push_back(std::to_string(task.tid()) + " made " + std::to_string(turn.traps) +
                         (turn.cut ? ", cut" : ""));
    }
    void ended(const Task& task) noexcept override {
        story_.push_back(std::to_string(task.tid()) + " ended");
    }

private:
    Story& story_;
};

Coroutine<> trap(int times) {
    for (int i = 0; i < times; ++i) {
        co_yield Random{};
    }
    co_yield Sleep{1ms};
}

TEST_CASE("a policy gives quanta, and hears how they were used", "[doors]") {
    Kernel::Options options = Machine::options();
    options.quantum = 3;
    Machine machine(options);
    Story story;
    WithQuanta policy(story);
    machine.kernel().set_policy(&policy);
    machine.kernel().spawn(trap(6));
    machine.kernel().spawn(trap(4));
    CHECK(machine.kernel().run() == Ending::finished);
    machine.kernel().set_policy(nullptr);
    CHECK(story ==
          Story{"1 made 5, cut", "2 made 3, cut", "1 made 2", "2 made 2", "1 ended", "2 ended"});
}

TEST_CASE("a task that yields of itself is not cut", "[doors]") {
    Kernel::Options options = Machine::options();
    options.quantum = 1;
    Machine machine(options);
    Story story;
    WithQuanta policy(story);
    machine.kernel().set_policy(&policy);
    std::string out;
    machine.run(write(out, 'a', 1));
    machine.kernel().set_policy(nullptr);
    CHECK(story == Story{"1 made 1", "1 ended"});
}

/// Would be gone while it is asked.
class Resigns final : public AllEqual {
public:
    explicit Resigns(Kernel& kernel) : kernel_(kernel) {}
    std::span<Task* const> best() override {
        kernel_.set_policy(nullptr);
        return AllEqual::best();
    }

private:
    Kernel& kernel_;
};

TEST_CASE("a policy cannot leave while it is asked", "[doors]") {
    Machine machine;
    Resigns policy(machine.kernel());
    CHECK(written_by_three(machine, &policy) == "abcabcabc");
    CHECK(was_dismissed(machine,
                        "set_policy: the policy that is there is being asked: let a task call it, "
                        "or whoever runs the kernel"));
}

Coroutine<> kill_the_ready(std::string& out) {
    const Tid first = co_yield NewTask{write(out, 'k', 100)};
    co_yield NewTask{write(out, 'l', 3)};
    co_yield Yield{};
    co_yield Yield{};
    co_yield KillTask{first};
    out += '|';
}

TEST_CASE("a task that is killed while it is ready is the policy's no more", "[doors]") {
    Machine machine;
    AllEqual policy;
    machine.kernel().set_policy(&policy);
    std::string out;
    machine.run(kill_the_ready(out));
    machine.kernel().set_policy(nullptr);
    CHECK(out == "klkl|l");
}

Coroutine<> stop_and_continue(std::string& out) {
    const Tid job = co_yield NewTask{write(out, 's', 4)}.leads_job();
    co_yield Yield{};
    co_yield Yield{};
    co_yield StopJob{job};
    co_yield Sleep{1ms};
    out += '|';
    co_yield ContinueJob{job};
}

TEST_CASE("a task whose job is stopped waits outside of the policy", "[doors]") {
    Machine machine;
    AllEqual policy;
    machine.kernel().set_policy(&policy);
    std::string out;
    machine.run(stop_and_continue(out));
    machine.kernel().set_policy(nullptr);
    CHECK(out == "ss|ss");
}

class ThrowsAtTheThird final : public YoungestFirst {
public:
    void ready(Task& task) override {
        if (++told_ == 3) {
            throw std::runtime_error("I give up");
        }
        YoungestFirst::ready(task);
    }

private:
    int told_ = 0;
};

class Forgets final : public YoungestFirst {
public:
    std::span<Task* const> best() override { return {}; }
};

class KeepsAll final : public YoungestFirst {
public:
    void unready(Task& /*task*/) noexcept override {}
    std::span<Task* const> best() override { return {&ready_.front(), 1}; }
};

TEST_CASE("a policy that makes a mistake is dismissed, and nobody is lost", "[doors]") {
    {
        Machine machine;
        ThrowsAtTheThird policy;
        CHECK(written_by_three(machine, &policy).size() == 9);
        CHECK(was_dismissed(machine, "I give up"));
    }
    {
        Machine machine;
        Forgets policy;
        CHECK(written_by_three(machine, &policy) == "abcabcabc");
        CHECK(was_dismissed(machine, "it offers nobody, but has 3 ready tasks"));
    }
    {
        Machine machine;
        KeepsAll policy;
        CHECK(written_by_three(machine, &policy).size() == 9);
        CHECK(was_dismissed(machine, "it offers a task that is not ready"));
    }
}

Coroutine<> change_policy(Kernel& kernel, Policy& policy, std::string& out) {
    co_yield Yield{};
    co_yield Yield{};
    out += '|';
    kernel.set_policy(&policy);
    co_yield Yield{};
    co_yield Yield{};
    out += '|';
    kernel.set_policy(nullptr);
}

TEST_CASE("a policy can come and go while tasks run", "[doors]") {
    Machine machine;
    YoungestFirst policy;
    std::string out;
    machine.kernel().spawn(change_policy(machine.kernel(), policy, out));
    for (const char letter : {'a', 'b', 'c'}) {
        machine.kernel().spawn(write(out, letter, 4));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(out == "abcabc|ccbbaa|");
}

}  // namespace
}  // namespace yos
