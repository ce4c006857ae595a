#include "kernel/doors/oracle.h"

#include "syscalls/lock.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/unlock.h"
#include "syscalls/with_timeout.h"
#include "syscalls/yield.h"
#include "tests/lib/actors.h"

#include <set>
#include <stdexcept>

namespace yos {
namespace {

/// Follows a list of answers, and then takes the first candidate: ten lines. It notes how many
/// there were, so that a list can be made of it that has not been tried.
class Scripted final : public Oracle {
public:
    explicit Scripted(std::vector<std::size_t> answers) : answers(std::move(answers)) {}
    std::size_t choose(Choice kind, const Candidates& candidates) override {
        if (kind != Choice::next_task) {
            return 0;
        }
        sizes.push_back(candidates.size());
        answers.resize(std::max(answers.size(), sizes.size()));
        return answers[sizes.size() - 1];
    }
    std::uint64_t random() override { return 4; }

    /// The next list in the order of a search depth first; false when it was the last.
    bool advance() {
        answers.resize(sizes.size());
        while (!answers.empty() && answers.back() + 1 == sizes[answers.size() - 1]) {
            answers.pop_back();
        }
        if (!answers.empty()) {
            ++answers.back();
        }
        sizes.clear();
        return !answers.empty();
    }

    std::vector<std::size_t> answers;
    std::vector<std::size_t> sizes;
};

Coroutine<> increment(int& shared, int times) {
    for (int i = 0; i < times; ++i) {
        const int seen = shared;
        co_yield Yield{};
        shared = seen + 1;
    }
}

struct Explored {
    int schedules = 0;
    std::set<int> results;
};

Explored explore(int tasks, int increments) {
    Explored explored;
    Scripted oracle({});
    Kernel::Options options = Machine::options();
    options.quantum = 1;
    Machine machine(options);
    machine.kernel().detach(machine.record);
    machine.kernel().set_oracle(&oracle);
    do {
        int shared = 0;
        for (int i = 0; i < tasks; ++i) {
            machine.kernel().spawn(increment(shared, increments));
        }
        machine.kernel().run();
        ++explored.schedules;
        explored.results.insert(shared);
    } while (oracle.advance());
    return explored;
}

TEST_CASE("an oracle can go through all schedules, and they are as many as there are orders",
          "[doors]") {
    // Two turns for each task, or three: 4! / 2!^2, 6! / 2!^3, and 6! / 3!^2.
    const Explored two = explore(2, 1);
    CHECK(two.schedules == 6);
    CHECK(two.results == std::set<int>{1, 2});
    const Explored three = explore(3, 1);
    CHECK(three.schedules == 90);
    CHECK(three.results == std::set<int>{1, 2, 3});
    CHECK(explore(2, 2).schedules == 20);
    CHECK(explore(2, 2).results == std::set<int>{2, 3, 4});
}

/// Writes down who is offered, and takes the last of them.
class Inquisitive final : public Oracle {
public:
    std::size_t choose(Choice kind, const Candidates& candidates) override {
        if (kind != Choice::next_task) {
            CHECK(candidates.task(0) == nullptr);
            return 0;
        }
        std::string line;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const Task& task = *candidates.task(i);
            const Trap* const trap = task.pending_trap();
            line += (line.empty() ? "" : " or ") + task.name() +
                    (trap != nullptr ? " in " + name_of(*trap) : "");
        }
        offered.push_back(line);
        return candidates.size() - 1;
    }
    std::uint64_t random() override { return 4; }

    Story offered;
};

Coroutine<> lock(Mutex& mutex) {
    co_yield Lock{mutex};
    co_yield Yield{};
    co_yield Unlock{mutex};
}

TEST_CASE("candidates tell which tasks they are, and in which call", "[doors]") {
    Machine machine;
    Inquisitive oracle;
    machine.kernel().set_oracle(&oracle);
    Mutex mutex;
    machine.kernel().spawn(lock(mutex), {.name = "ann"});
    machine.kernel().spawn(lock(mutex), {.name = "bob"});
    CHECK(machine.kernel().run() == Ending::finished);
    machine.kernel().set_oracle(nullptr);
    CHECK(oracle.offered == Story{"ann or bob", "ann or bob"});
}

/// Lets time pass as soon as it is asked, for so many times.
class Impatient final : public Oracle {
public:
    explicit Impatient(int times) : times_(times) {}
    std::size_t choose(Choice kind, const Candidates&) override {
        return kind == Choice::time_passes && times_-- > 0 ? 1 : 0;
    }
    std::uint64_t random() override { return 4; }

private:
    int times_;
};

Coroutine<> work_for_long(bool& late) {
    try {
        co_await with_timeout(1ms, [](int turns) -> Coroutine<> {
            for (int i = 0; i < turns; ++i) {
                co_yield Yield{};
            }
        }(100));
    } catch (const std::system_error&) {
        late = true;
    }
}

TEST_CASE("an oracle can let time pass while tasks are ready", "[doors]") {
    for (const bool expected : {false, true}) {
        Machine machine;
        Impatient oracle(expected ? 1 : 0);
        machine.kernel().set_oracle(&oracle);
        bool late = false;
        machine.run(work_for_long(late));
        machine.kernel().set_oracle(nullptr);
        CHECK(late == expected);
        CHECK((machine.kernel().now() == Time(1ms)) == expected);
    }
}

class Wrong final : public Oracle {
public:
    explicit Wrong(bool throws) : throws_(throws) {}
    std::size_t choose(Choice, const Candidates& candidates) override {
        if (throws_) {
            throw std::runtime_error("no idea");
        }
        return candidates.size();
    }
    std::uint64_t random() override { return 4; }

private:
    bool throws_;
};

TEST_CASE("an oracle that throws or chooses nobody is dismissed", "[doors]") {
    for (const bool throws : {false, true}) {
        Machine machine;
        Wrong oracle(throws);
        machine.kernel().set_oracle(&oracle);
        int shared = 0;
        machine.kernel().spawn(increment(shared, 1));
        machine.kernel().spawn(increment(shared, 1));
        CHECK(machine.kernel().run() == Ending::finished);
        const std::vector<std::string> log = machine.kernel().log().recent();
        REQUIRE(log.size() == 1);
        CHECK(log.front().ends_with(
            throws ? "the oracle was dismissed: no idea"
                   : "the oracle was dismissed: it chose candidate 2 of 2, numbered from 0"));
    }
}

}  // namespace
}  // namespace yos
