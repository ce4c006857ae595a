#include "kernel/doors/hook.h"

#include "syscalls/cancel_task.h"
#include "syscalls/get_tid.h"
#include "syscalls/kill_task.h"
#include "syscalls/lock.h"
#include "syscalls/new_task.h"
#include "syscalls/now.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/unlock.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write.h"
#include "tests/lib/actors.h"

#include <stdexcept>

namespace yos {
namespace {

/// Gives the same verdict on each trap of a name: ten lines.
class OnEach final : public Hook {
public:
    OnEach(std::string name, Verdict verdict) : name_(std::move(name)), verdict_(verdict) {}
    Verdict before(const Task& /*task*/, const Trap& trap) override {
        ++asked;
        return name_of(trap) == name_ ? verdict_ : Verdict{};
    }

    int asked = 0;

private:
    std::string name_;
    Verdict verdict_;
};

/// Runs it with the hook.
Ending run_past(Hook& hook, Machine& machine, Main main) {
    machine.kernel().set_hook(&hook);
    const Ending ending = machine.run(std::move(main));
    machine.kernel().set_hook(nullptr);
    return ending;
}

Coroutine<> say(Story& story, std::string text) {
    const PipeEnds pipe = co_yield Pipe{};
    co_yield Write{pipe.writer, text};
    std::string heard(text.size(), '.');
    const std::size_t got = co_yield Read{pipe.reader, heard};
    story.push_back(heard.substr(0, got));
}

TEST_CASE("a hook may fail a trap, whose caller gets the error", "[doors]") {
    Machine machine;
    OnEach hook("Write", {.fail = std::errc::no_space_on_device});
    Story story;
    run_past(hook, machine, tell_failure(story, "writer", say(story, "hello")));
    CHECK(story == Story{"writer: No space left on device"});
    CHECK(hook.asked == 2);
}

TEST_CASE("a hook may shorten a trap that moves bytes", "[doors]") {
    Machine machine;
    Story story;
    OnEach write("Write", {.at_most = 3});
    run_past(write, machine, say(story, "hello"));
    OnEach read("Read", {.at_most = 2});
    run_past(read, machine, say(story, "hello"));
    CHECK(story == Story{"hel", "he"});
}

Coroutine<> ask_the_time(Story& story) {
    co_yield GetTid{};
    const Time now = co_yield Now{};
    story.push_back("at " + std::to_string(now.time_since_epoch() / 1ms));
}

TEST_CASE("a hook may delay a trap", "[doors]") {
    Machine machine;
    OnEach hook("GetTid", {.delay = 5ms});
    Story story;
    run_past(hook, machine, ask_the_time(story));
    CHECK(story == Story{"at 5"});
    CHECK(machine.blocked(1, "GetTid()"));
    CHECK(hook.asked == 2);  // a trap that was delayed is not asked about again
}

TEST_CASE("a trap that is delayed may fail after that", "[doors]") {
    Machine machine;
    OnEach hook("GetTid", {.fail = std::errc::timed_out, .delay = 5ms});
    Story story;
    run_past(hook, machine, tell_failure(story, "asker", ask_the_time(story)));
    CHECK(story == Story{"asker: Connection timed out"});
    CHECK(machine.kernel().now() == Time(5ms));
}

Coroutine<> lock_and_unlock(Story& story, Mutex& mutex) {
    co_yield Lock{mutex};
    co_yield Unlock{mutex};
    story.push_back("unlocked");
}

TEST_CASE("a trap that gives something back is not failed", "[doors]") {
    Machine machine;
    Mutex mutex;
    OnEach hook("Unlock", {.fail = std::errc::io_error});
    Story story;
    run_past(hook, machine, tell_failure(story, "owner", lock_and_unlock(story, mutex)));
    CHECK(story == Story{"unlocked"});
}

template <class End>
Coroutine<> end_a_delayed_one(Story& story, End end) {
    const Tid delayed =
        co_yield NewTask{tell_failure(story, "delayed", ask_the_time(story))}.joinable();
    co_await let_the_others_run();
    end(delayed);
    const std::optional<ExitStatus> status = co_yield WaitTask{delayed};
    story.push_back(in_words(status));
}

TEST_CASE("a task whose trap is delayed can be killed and cancelled", "[doors]") {
    Machine machine;
    OnEach hook("GetTid", {.fail = std::errc::io_error, .delay = 1h});
    Story story;
    const auto kill = [&](Tid task) {
        machine.kernel().kill(*machine.kernel().find_alive(task), kernel_tid);
    };
    run_past(hook, machine, end_a_delayed_one(story, kill));
    const auto cancel = [&](Tid task) {
        machine.kernel().cancel(*machine.kernel().find_alive(task), kernel_tid, "enough");
    };
    run_past(hook, machine, end_a_delayed_one(story, cancel));
    CHECK(story == Story{"killed by 0", "delayed: cancelled by 0: enough", "returned 0"});
    CHECK(machine.kernel().now() < Time(1h));
}

Coroutine<> wait_for_the_delayed(Story& story) {
    try {
        co_await with_timeout(2ms, ask_the_time(story));
    } catch (const std::system_error&) {
        story.emplace_back("too late");
    }
}

TEST_CASE("a deadline ends a delay", "[doors]") {
    Machine machine;
    OnEach hook("GetTid", {.delay = 1h});
    Story story;
    run_past(hook, machine, wait_for_the_delayed(story));
    CHECK(story == Story{"too late"});
    CHECK(machine.kernel().now() == Time(2ms));
}

class Throws final : public Hook {
public:
    Verdict before(const Task& /*task*/, const Trap& /*trap*/) override {
        throw std::runtime_error("I cannot decide");
    }
};

TEST_CASE("a hook that throws is dismissed, and the trap goes on", "[doors]") {
    Machine machine;
    Throws hook;
    Story story;
    CHECK(run_past(hook, machine, say(story, "hello")) == Ending::finished);
    CHECK(story == Story{"hello"});
    const std::vector<std::string> log = machine.kernel().log().recent();
    REQUIRE(log.size() == 1);
    CHECK(log.front().ends_with("the hook was dismissed: I cannot decide"));
}

}  // namespace
}  // namespace yos
