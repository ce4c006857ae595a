// A trap that can be answered at once never leaves its coroutine. Nobody is to notice, but by the
// time that it takes.

#include "kernel/short_way.h"

#include "syscalls/cancel_task.h"
#include "syscalls/exit.h"
#include "syscalls/get_tid.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/receive.h"
#include "syscalls/select.h"
#include "syscalls/send.h"
#include "syscalls/sleep.h"
#include "syscalls/task_info.h"
#include "syscalls/tried.h"
#include "syscalls/wait_event.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace yos {
namespace {

using namespace std::chrono_literals;

using Story = std::vector<std::string>;

/// Somebody who attends, and does nothing: with one, all traps go the long way.
class Attendant final : public Observer {};

Kernel::Options with_quantum(unsigned quantum) {
    Kernel::Options options = Machine::options();
    options.quantum = quantum;
    return options;
}

/// A call whose handler says where it runs, and goes wrong if it is told to.
class Look : public SystemCall<bool> {
public:
    enum class How { completes, fails, throws };
    explicit Look(How how = How::completes) : how_(how) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (how_ == How::fails) {
            return fail(std::errc::io_error);
        }
        if (how_ == How::throws) {
            throw std::runtime_error("a bug in the handler");
        }
        return complete(self.pending_trap() == nullptr);  // its frames run
    }

private:
    How how_;
};

Coroutine<> look(Story& story) {
    const bool in_place = co_yield Look{};
    story.emplace_back(in_place ? "in place" : "the long way");
}

TEST_CASE("a call that can be answered at once is, unless somebody attends", "[short-way]") {
    Story story;
    Kernel kernel(Machine::options());
    kernel.spawn(look(story));
    CHECK(kernel.run() == Ending::finished);
    Attendant attendant;
    kernel.attach(attendant);
    kernel.spawn(look(story));
    CHECK(kernel.run() == Ending::finished);
    kernel.detach(attendant);
    kernel.spawn(look(story));
    CHECK(kernel.run() == Ending::finished);
    CHECK(story == Story{"in place", "the long way", "in place"});
}

/// What a task does that meets all that can come of a trap.
Coroutine<> do_everything(Story& story, std::string name, Channel<int>& channel, int times) {
    for (int i = 0; i < times; ++i) {
        const Tid me = co_yield GetTid{};
        const TaskSnapshot before = (co_yield TaskInfo{me}).value();
        story.push_back(fmt::format("{} {} traps, {} turns", name, before.traps, before.switches));
        if (i % 3 == 0) {
            co_yield Yield{};
        }
        const auto sent = co_yield Tried{Send{channel, i}};
        const std::optional<int> got = co_yield Receive{channel};
        story.push_back(fmt::format("{} {} got {}", name, !!sent, got.value_or(-1)));
        try {
            co_yield Look{i % 2 == 0 ? Look::How::fails : Look::How::throws};
        } catch (const std::exception& failure) {
            story.push_back(name + " " + failure.what());
        }
        const auto failed = co_yield Tried{Look{Look::How::fails}};
        story.push_back(name + " " + failed.error().message());
        const auto first = co_yield Select{Sleep{1ms}, GetTid{}};
        story.push_back(fmt::format("{} {}", name, first.index()));
        co_yield Sleep{i % 4 * 1us};
    }
    if (name == "b") {
        co_yield Exit{3};
    }
}

Coroutine<> cancel_itself(Story& story) {
    const Tid me = co_yield GetTid{};
    co_yield CancelTask{me};
    story.emplace_back("cancelled, but goes on to its next trap");
    try {
        co_yield GetTid{};
    } catch (const Cancelled&) {
        story.emplace_back("there it is");
    }
    for (int i = 0; i < 5; ++i) {
        co_yield GetTid{};
    }
    story.emplace_back("went on");
}

Coroutine<> start_everything(Story& story) {
    Channel<int> channel(2);
    std::vector<Tid> tids;
    for (const char* const name : {"a", "b", "c"}) {
        tids.push_back(co_yield NewTask{do_everything(story, name, channel, 20)}.joinable());
    }
    tids.push_back(co_yield NewTask{cancel_itself(story)}.joinable());
    const Tid doomed = co_yield NewTask{do_everything(story, "d", channel, 1000)}.joinable();
    co_yield Sleep{30us};
    tids.push_back(doomed);
    const bool killed = co_yield KillTask{doomed};
    story.emplace_back(killed ? "killed" : "not there");
    for (const Tid tid : tids) {
        const std::optional<ExitStatus> status = co_yield WaitTask{tid};
        story.push_back(fmt::format("{} ended with {}", tid, status.value().code));
    }
}

TEST_CASE("both ways count alike, so attending changes no schedule", "[short-way]") {
    for (const unsigned quantum : {1U, 2U, 3U, 7U, 32U, 256U}) {
        CAPTURE(quantum);
        Story alone;
        Story attended;
        {
            Kernel kernel(with_quantum(quantum));
            kernel.spawn(start_everything(alone));
            CHECK(kernel.run() == Ending::finished);
        }
        {
            Kernel kernel(with_quantum(quantum));
            Attendant attendant;
            kernel.attach(attendant);
            kernel.spawn(start_everything(attended));
            CHECK(kernel.run() == Ending::finished);
        }
        CHECK(alone.size() > 200);
        CHECK(alone == attended);
    }
}

/// Looks at itself when it has made that many traps.
Coroutine<> count_to(std::uint64_t traps, Story& story) {
    while (traps-- > 1) {
        co_yield GetTid{};
    }
    const Tid me = co_yield GetTid{};
    const TaskSnapshot here = (co_yield TaskInfo{me}).value();
    story.push_back(std::to_string(here.traps));
}

TEST_CASE("no trap is lost from the count of a task, however many it makes", "[short-way]") {
    for (const std::uint64_t traps : {1U, 31U, 32U, 32'766U, 32'767U, 32'768U, 65'535U, 200'000U}) {
        Story story;
        Kernel kernel(Machine::options());
        kernel.spawn(count_to(traps, story));
        CHECK(kernel.run() == Ending::finished);
        CHECK(story == Story{std::to_string(traps + 1)});
    }
}

TEST_CASE("what a task needs for the short way has room in its 88 bytes", "[short-way]") {
    CHECK(sizeof(Task) == 88);
}

/// Runs a kernel of its own while it is handled.
class RunAnother : public SystemCall<> {
public:
    explicit RunAnother(Story& story) : story_(story) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        Kernel another(Machine::options());
        another.spawn(look(story_));
        CHECK(another.run() == Ending::finished);
        return complete();
    }

private:
    Story& story_;
};

Coroutine<> run_another(Story& story) {
    co_yield RunAnother{story};
    co_await look(story);
    co_yield RunAnother{story};
    const Tid me = co_yield GetTid{};
    story.push_back("task " + std::to_string(me));
}

TEST_CASE("a call that runs another kernel comes back to its own", "[short-way]") {
    Story story;
    Kernel kernel(Machine::options());
    kernel.spawn(run_another(story));
    CHECK(kernel.run() == Ending::finished);
    CHECK(CallStack::current() == nullptr);
    CHECK(story == Story{"in place", "in place", "in place", "task 1"});
}

/// A parameter of a task's outermost coroutine.
struct Parameter {
    Parameter(Story& story, Event& gone) : story(&story), gone(&gone) {}
    Parameter(Parameter&& other) noexcept
        : story(std::exchange(other.story, nullptr)), gone(other.gone) {}
    Parameter& operator=(Parameter&&) = delete;
    ~Parameter() {
        if (story != nullptr) {
            story->emplace_back("parameter gone");
            gone->happened = true;
            gone->waiters.complete_all();
        }
    }
    Story* story;
    Event* gone;
};

Coroutine<> take(Parameter parameter) {
    co_yield GetTid{};
    parameter.story->emplace_back("body done");
}

Coroutine<> await(Event& gone, Story& story) {
    co_yield WaitEvent{gone};
    story.emplace_back("told");
}

TEST_CASE("the parameters of a task's outermost coroutine go before it is told to have ended",
          "[short-way]") {
    Story story;
    Event gone;
    Kernel kernel(Machine::options());
    kernel.spawn(await(gone, story));
    const Tid tid = kernel.spawn(take(Parameter(story, gone)), {.joinable = true});
    CHECK(kernel.run() == Ending::finished);
    CHECK(story == Story{"body done", "parameter gone", "told"});
    CHECK(kernel.collect(tid)->code == 0);
}

}  // namespace
}  // namespace yos
