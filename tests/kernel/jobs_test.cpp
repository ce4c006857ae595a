// What a job is: one rule for Ctrl-C, Ctrl-Z, kill %1 and the end of a session.

#include "kernel/jobs.h"

#include "syscalls/cancel_job.h"
#include "syscalls/continue_job.h"
#include "syscalls/kill_job.h"
#include "syscalls/open_signals.h"
#include "syscalls/open_terminal.h"
#include "syscalls/read.h"
#include "syscalls/set_foreground.h"
#include "syscalls/stop_job.h"
#include "syscalls/wait_task.h"
#include "syscalls/write.h"
#include "tests/lib/actors.h"

#include <array>
#include <csignal>

namespace yos {
namespace {

/// Sleeps for long, and tells how that was ended.
Coroutine<> sleeper(Story& story, std::string name) {
    const Mortal mortal(story, name);
    co_await tell_failure(story, name, []() -> Coroutine<> { co_yield Sleep{1h}; }());
}

/// As a server does: starts a task for a client, and ends when it hears of Ctrl-C.
Coroutine<> listener(Story& story) {
    const std::set<int> interrupt = {SIGINT};
    const Descriptor signals = co_yield OpenSignals{interrupt};
    co_yield NewTask{sleeper(story, "client")};
    std::array<char, 1> signal{};
    co_yield Read{signals, signal};
    story.push_back("heard " + std::to_string(signal[0]));
}

/// What a shell does of `(listener & sleeper)`.
Coroutine<> subshell(Story& story) {
    const Mortal mortal(story, "subshell");
    co_yield NewTask{listener(story)};
    const Tid task = co_yield NewTask{sleeper(story, "sleeper")};
    co_yield WaitTask{task};
}

/// A shell with jobs of its own.
Coroutine<> inner_shell(Story& story) {
    const Mortal mortal(story, "shell");
    co_yield NewTask{sleeper(story, "inner job")}.leads_job();
    co_yield Sleep{1h};
}

Coroutine<> type(Fd line, TerminalMessage::Kind kind) {
    const std::string bytes = encode({kind, {}});
    co_yield Write{line, bytes};
    co_await let_the_others_run();
}

TEST_CASE("Ctrl-C reaches each task of the job, but for those that a listener answers for",
          "[jobs]") {
    HostMachine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const TerminalEnds ends = co_yield OpenTerminal{};
        const Tid job = co_yield NewTask{subshell(story)}.leads_job();
        co_yield SetForeground{ends.terminal, job};
        co_await let_the_others_run();
        co_await type(ends.line, TerminalMessage::Kind::interrupt);
        CHECK(story == Story{"heard 2",
                             "subshell gone",
                             "sleeper: cancelled by 0: interrupted",
                             "sleeper gone"});
        const std::size_t left = co_yield KillJob{job};
        CHECK(left == 1);
        CHECK(story.back() == "client gone");
    };
    machine.run(main(story));
}

TEST_CASE("Ctrl-C on a job for which a shell waits interrupts the jobs below it", "[jobs]") {
    HostMachine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const TerminalEnds ends = co_yield OpenTerminal{};
        const Tid script = co_yield NewTask{inner_shell(story)}.leads_job();
        co_yield SetForeground{ends.terminal, script}.may_stop();
        co_await let_the_others_run();
        co_await type(ends.line, TerminalMessage::Kind::interrupt);
        CHECK(story ==
              Story{"shell gone", "inner job: cancelled by 0: interrupted", "inner job gone"});
    };
    machine.run(main(story));
}

TEST_CASE("Ctrl-C at a shell's prompt leaves the jobs below it alone", "[jobs]") {
    HostMachine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const TerminalEnds ends = co_yield OpenTerminal{};
        const Tid shell = co_yield NewTask{inner_shell(story)}.leads_job();
        co_yield SetForeground{ends.terminal, shell};
        co_await let_the_others_run();
        co_await type(ends.line, TerminalMessage::Kind::interrupt);
        CHECK(story == Story{"shell gone"});
        const std::size_t left = co_yield KillJob{shell};
        CHECK(left == 1);
    };
    machine.run(main(story));
}

TEST_CASE("what is done to a job by name is done to the jobs below it", "[jobs]") {
    HostMachine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const Tid shell = co_yield NewTask{inner_shell(story)}.leads_job();
        co_await let_the_others_run();
        const std::size_t stopped = co_yield StopJob{shell};
        CHECK(stopped == 2);
        const std::size_t killed = co_yield KillJob{shell};
        CHECK(killed == 2);
        CHECK(story == Story{"shell gone", "inner job gone"});
        const std::size_t again = co_yield KillJob{shell};
        CHECK(again == 0);
    };
    machine.run(main(story));
}

TEST_CASE("a job that was stopped by itself stays so when the one above it goes on", "[jobs]") {
    HostMachine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const Tid shell = co_yield NewTask{inner_shell(story)}.leads_job();
        co_await let_the_others_run();
        const Tid inner = shell + 1;
        co_yield StopJob{inner};
        co_yield StopJob{shell};
        const std::size_t continued = co_yield ContinueJob{shell};
        CHECK(continued == 1);
        const std::size_t inner_too = co_yield ContinueJob{inner};
        CHECK(inner_too == 1);
        co_yield KillJob{shell};
    };
    machine.run(main(story));
}

TEST_CASE("a cancelled job goes on, if it was stopped, to clean up", "[jobs]") {
    HostMachine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const Tid shell = co_yield NewTask{inner_shell(story)}.leads_job();
        co_await let_the_others_run();
        co_yield StopJob{shell + 1};
        co_yield StopJob{shell};
        const std::size_t cancelled = co_yield CancelJob{shell, "enough"};
        CHECK(cancelled == 2);
        co_await let_the_others_run();
        CHECK(story == Story{"shell gone", "inner job: cancelled by 1: enough", "inner job gone"});
    };
    machine.run(main(story));
}

TEST_CASE("a task that joins a stopped job is stopped", "[jobs]") {
    HostMachine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const Tid first = co_yield NewTask{sleeper(story, "first")}.leads_job();
        co_yield StopJob{first};
        co_yield NewTask{[](Story& story) -> Coroutine<> {
            story.emplace_back("second runs");
            co_return;
        }(story)}
            .joins_job(first);
        co_await let_the_others_run();
        CHECK(story.empty());
        co_yield ContinueJob{first};
        co_await let_the_others_run();
        CHECK(story == Story{"second runs"});
        co_yield KillJob{first};
    };
    machine.run(main(story));
}

TEST_CASE("a job that was stopped and killed is not stopped for who joins it later", "[jobs]") {
    HostMachine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const Tid first = co_yield NewTask{sleeper(story, "first")}.leads_job();
        co_yield StopJob{first};
        co_yield KillJob{first};
        const Tid late = co_yield NewTask{sleeper(story, "late")}.joins_job(first);
        co_await let_the_others_run();
        const std::size_t continued = co_yield ContinueJob{first};
        CHECK(continued == 0);
        co_yield KillTask{late};
    };
    machine.run(main(story));
}

TEST_CASE("a task that joins the job above its own makes no circle of them", "[jobs]") {
    HostMachine machine;
    Story story;
    const auto inner = [](Story& story, Tid outer) -> Coroutine<> {
        co_yield NewTask{sleeper(story, "joined")}.joins_job(outer);
        co_yield Sleep{1h};
    };
    const auto outer =
        [](Story& story, Coroutine<> (*inner)(Story&, Tid), Tid self) -> Coroutine<> {
        co_yield NewTask{inner(story, self)}.leads_job();
        co_yield Sleep{1h};
    };
    const auto main = [](Story& story,
                         Coroutine<> (*outer)(Story&, Coroutine<>(*)(Story&, Tid), Tid),
                         Coroutine<> (*inner)(Story&, Tid)) -> Coroutine<> {
        const Tid job = co_yield NewTask{outer(story, inner, 2)}.leads_job();
        co_await let_the_others_run();
        const std::size_t killed = co_yield KillJob{job};
        CHECK(killed == 3);
    };
    machine.run(main(story, outer, inner));
}

TEST_CASE("the kernel's own job, and one that does not exist, have nobody to stop or to end",
          "[jobs]") {
    HostMachine machine;
    const auto main = []() -> Coroutine<> {
        for (const Tid job : {kernel_tid, Tid{99}}) {
            const std::size_t killed = co_yield KillJob{job};
            const std::size_t cancelled = co_yield CancelJob{job};
            const std::size_t stopped = co_yield StopJob{job};
            CHECK(killed + cancelled + stopped == 0);
        }
    };
    machine.run(main());
}

}  // namespace
}  // namespace yos
