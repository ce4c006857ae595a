#include "kernel/doors/tape.h"

#include "kernel/doors/run_hash.h"
#include "kernel/simulated/simulated_world.h"
#include "syscalls/get_time_zone.h"
#include "syscalls/in_thread.h"
#include "syscalls/new_task.h"
#include "syscalls/now.h"
#include "syscalls/random.h"
#include "syscalls/sleep.h"
#include "syscalls/wall_clock.h"
#include "tests/lib/actors.h"

#include <deque>
#include <stdexcept>

namespace yos {
namespace {

/// A tape in memory: ten lines.
class Cassette final : public Tape {
public:
    bool plays() const override { return playing; }
    void put(Door door, std::string_view answer) override { answers.emplace_back(door, answer); }
    std::string take(Door door) override {
        if (answers.empty() || answers.front().first != door) {
            throw std::runtime_error("the tape has something else here");
        }
        const std::string answer = std::move(answers.front().second);
        answers.pop_front();
        return answer;
    }

    bool playing = false;
    std::deque<std::pair<Door, std::string>> answers;
};

/// Asks for all that is left to chance: by the real clock, with threads.
Coroutine<> ask(Story& story) {
    const auto tell = [&](std::uint64_t number) { story.push_back(std::to_string(number)); };
    for (int i = 0; i < 3; ++i) {
        const Time now = co_yield Now{};
        tell(static_cast<std::uint64_t>(now.time_since_epoch().count()));
        co_yield Sleep{Duration(i)};
        const std::uint64_t bits = co_yield Random{};
        tell(bits);
        const WallTime wall = co_yield WallClock{};
        tell(static_cast<std::uint64_t>(wall.time_since_epoch().count()));
        const TimeZone zone = co_yield GetTimeZone{wall};
        story.emplace_back(zone.name.data());
    }
}

Coroutine<> work(Story& story, int number) {
    const auto square = [number] { return number * number; };
    const int result = co_yield InThread{square};
    story.push_back(std::to_string(result));
}

struct Outcomes {
    Story story;
    std::uint64_t hash = 0;

    bool operator==(const Outcomes&) const = default;
};

Outcomes run(Tape& tape, bool on_host) {
    Kernel::Options options = on_host ? Machine::on_host() : Machine::options();
    options.tape = &tape;
    options.virtual_time = false;
    if (!on_host) {
        options.world = [](const WorldOptions& chosen, KernelLog& log) {
            Devices devices = simulated_devices(chosen, log);
            devices.virtual_time = false;  // what the time is, the tape tells
            return devices;
        };
    }
    Machine machine(options);
    RunHash hash;
    machine.kernel().attach(hash);
    Outcomes outcomes;
    machine.kernel().spawn(ask(outcomes.story));
    for (int i = 0; i < 8; ++i) {
        machine.kernel().spawn(work(outcomes.story, i));
    }
    const Ending ending = machine.kernel().run();
    CHECK(ending == Ending::finished);
    outcomes.hash = hash.value();
    return outcomes;
}

TEST_CASE("what is on a tape makes the same run again, without a host", "[doors]") {
    Cassette tape;
    const Outcomes recorded = run(tape, true);
    CHECK(recorded.story.size() == 20);
    CHECK(tape.answers.size() > 10);
    Cassette copy = tape;

    copy.playing = true;
    CHECK(run(copy, false) == recorded);
    CHECK(copy.answers.empty());
}

TEST_CASE("a run that goes another way than its tape ends with what the tape says", "[doors]") {
    Cassette tape;
    tape.playing = true;
    CHECK_THROWS_WITH(run(tape, false), "the tape has something else here");
}

Coroutine<> pass_by(bool& passed) {
    co_yield Sleep{1ms};
    passed = true;
}

/// Its first answers are good for nothing.
class Torn final : public Tape {
public:
    bool plays() const override { return !mended; }
    void put(Door /*door*/, std::string_view /*answer*/) override {}
    std::string take(Door /*door*/) override {
        mended = true;
        throw std::runtime_error("the tape is torn");
    }

    bool mended = false;
};

TEST_CASE("what the tape throws ends run_until, and no task is left", "[doors]") {
    Torn tape;
    Kernel::Options options = Machine::options();
    options.tape = &tape;
    Machine machine(options);
    bool passed = false;
    machine.kernel().spawn(pass_by(passed));
    CHECK_THROWS_WITH(machine.kernel().run_until(Time(1s)), "the tape is torn");
    CHECK(machine.kernel().tasks().size() == 1);
    CHECK_FALSE(passed);
    CHECK(machine.kernel().run() == Ending::finished);
}

TEST_CASE("another run by the real clock is another run", "[doors]") {
    Cassette first;
    Cassette second;
    CHECK(run(first, true) != run(second, true));
}

TEST_CASE("an answer is read as it was written, and no further", "[doors]") {
    const std::string bytes = (AnswerWriter() << 7 << 'x' << Duration(5)).bytes();
    AnswerReader reader(bytes);
    int number = 0;
    char letter = 0;
    Duration duration{};
    reader >> number >> letter >> duration;
    CHECK(number == 7);
    CHECK(letter == 'x');
    CHECK(duration == Duration(5));
    CHECK_THROWS_WITH(reader >> letter,
                      Catch::Matchers::ContainsSubstring("an answer on the tape is cut off"));
}

}  // namespace
}  // namespace yos
