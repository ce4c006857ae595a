// A trap that can be answered at once never leaves its coroutine. Nobody is to notice, but by the
// time that it takes.

#include "kernel/short_way.h"

#include "syscalls/cancel_group.h"
#include "syscalls/exit.h"
#include "syscalls/get_tid.h"
#include "syscalls/join.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/receive.h"
#include "syscalls/select.h"
#include "syscalls/send.h"
#include "syscalls/sleep.h"
#include "syscalls/task_info.h"
#include "syscalls/tried.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
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

/// A member of a group that is to be cancelled in the midst of its own run.
Coroutine<> cancel_its_group(Story& story, TaskGroup& group) {
    co_yield CancelGroup{group, "enough"};
    story.emplace_back("cancelled, and comes to its next trap");
    try {
        co_yield GetTid{};
        story.emplace_back("the trap was made all the same");
    } catch (const Cancelled&) {
        story.emplace_back("interrupted");
    }
    for (int i = 0; i < 5; ++i) {
        co_yield GetTid{};
    }
    story.emplace_back("went on");
}

Coroutine<> own_a_group(Story& story) {
    TaskGroup group(TaskGroup::Failure::concerns_one);
    co_yield NewTask{cancel_its_group(story, group)}.in(group);
    co_await join(group);
}

Coroutine<> start_everything(Story& story) {
    Channel<int> channel(2);
    std::vector<Tid> tids;
    for (const char* const name : {"a", "b", "c"}) {
        tids.push_back(co_yield NewTask{do_everything(story, name, channel, 20)}.joinable());
    }
    tids.push_back(co_yield NewTask{own_a_group(story)}.joinable());
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
        CHECK(std::count(alone.begin(), alone.end(), "interrupted") == 1);
        CHECK(alone == attended);
    }
}

/// Attaches an observer, or detaches it, in the midst of a task's turn.
class Attend : public SystemCall<> {
public:
    explicit Attend(Observer& observer, bool attend) : observer_(observer), attend_(attend) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        attend_ ? kernel.attach(observer_) : kernel.detach(observer_);
        return complete();
    }

private:
    Observer& observer_;
    bool attend_;
};

Coroutine<> attend_in_between(Attendant& attendant) {
    for (int i = 0; i < 20; ++i) {
        co_yield Sleep{7us};
        co_yield Attend{attendant, true};
        co_yield Sleep{3us};
        co_yield Attend{attendant, false};
    }
}

/// As attend_in_between(), but it takes no notice of the attendant.
Coroutine<> look_away() {
    for (int i = 0; i < 20; ++i) {
        co_yield Sleep{7us};
        co_yield GetTid{};
        co_yield Sleep{3us};
        co_yield GetTid{};
    }
}

TEST_CASE("somebody may begin to attend, and leave, at any time", "[short-way]") {
    for (const unsigned quantum : {1U, 3U, 32U}) {
        CAPTURE(quantum);
        Attendant attendant;
        Story alone;
        Story attended;
        Kernel left_alone(with_quantum(quantum));
        left_alone.spawn(start_everything(alone));
        left_alone.spawn(look_away());
        CHECK(left_alone.run() == Ending::finished);
        Kernel kernel(with_quantum(quantum));
        kernel.spawn(start_everything(attended));
        kernel.spawn(attend_in_between(attendant));
        CHECK(kernel.run() == Ending::finished);
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

}  // namespace
}  // namespace yos
