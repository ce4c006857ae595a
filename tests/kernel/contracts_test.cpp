// What the kernel's classes require of whoever calls them is checked: always, or in Debug.

#include "kernel/doors/oracle.h"
#include "kernel/host/host_process.h"
#include "kernel/sync/barrier.h"
#include "kernel/sync/mutex.h"
#include "kernel/sync/queue_orders.h"
#include "kernel/sync/ring.h"
#include "kernel/terminal/terminal.h"
#include "kernel/time/deadline.h"
#include "kernel/uapi/answer.h"
#include "kernel/world/function_job.h"
#include "syscalls/get_tid.h"
#include "syscalls/pipe.h"
#include "syscalls/set_event.h"
#include "syscalls/start_accounting.h"
#include "syscalls/wait_task.h"
#include "tests/lib/actors.h"
#include "tests/lib/broken.h"
#include "tests/lib/fake_kernel.h"

#include <array>
#include <memory>
#include <optional>
#include <thread>

namespace yos {
namespace {

using Catch::Matchers::ContainsSubstring;

// ---- Always ----

/// Kills a task, whatever it is.
class Slay : public SystemCall<std::string> {
public:
    explicit Slay(Tid victim) : victim_(victim) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        Task& victim = *kernel.tasks().find(victim_);
        return complete(said_to([&] { kernel.kill(victim, self.tid()); }));
    }

private:
    Tid victim_;
};

Coroutine<> slay(Story& said) {
    const Tid me = co_yield GetTid{};
    const Tid zombie = co_yield NewTask{do_nothing(), "zombie"}.joinable();
    co_await let_the_others_run();
    said.push_back(co_yield Slay{kernel_tid});
    said.push_back(co_yield Slay{me});
    said.push_back(co_yield Slay{zombie});
    co_yield WaitTask{zombie};
}

TEST_CASE("a call may kill a user task that is alive, and not its caller", "[contracts]") {
    HostMachine machine;
    Story said;
    machine.run(slay(said));
    CHECK(said == Story{"kill: task 0 (io) is the kernel's own: only user tasks are killed",
                        "kill: task 1 (slay) is running: a call ends its caller by exit()",
                        "kill: task 2 (zombie) has ended: find_alive finds those who have not"});
}

TEST_CASE("an answer has a value, or does not give one", "[contracts]") {
    const Answer<int> refused(std::make_error_code(std::errc::permission_denied));
    CHECK(said_to([&] { static_cast<void>(*refused); }) ==
          "Answer: there is no value, but an error: Permission denied");
    CHECK(*Answer<int>(7) == 7);
}

TEST_CASE("a terminal has one line", "[contracts]") {
    HostMachine machine;
    const auto terminal = std::make_shared<Terminal>(machine.kernel());
    const std::shared_ptr<File> line = terminal->make_line();
    CHECK(said_to([&] { terminal->make_line(); }) ==
          "Terminal::make_line: it has a line: a terminal has one person, and one line");
}

TEST_CASE("a barrier is for one at least", "[contracts]") {
    CHECK(said_to([] { Barrier(0); }) == "Barrier(0): one task at least must be there to wait");
}

TEST_CASE("a clock jumps forward, and only a virtual one", "[contracts]") {
    Clock real(false);
    CHECK(said_to([&] { real.jump_to(Time::max()); }) ==
          "Clock::jump_to: a real clock goes by itself");
    Clock clock(true);
    clock.jump_to(Time(2s));
    CHECK(said_to([&] { clock.jump_to(Time(1s)); }) == "Clock::jump_to: time does not go back");
    CHECK(clock.now() == Time(2s));
}

TEST_CASE("a deadline is set once", "[contracts]") {
    FakeKernel kernel;
    Timers timers;
    const std::unique_ptr<Task> task = make_bare_task(kernel, 1);
    Deadline deadline;
    deadline.set(timers, *task, Time(1s));
    CHECK(said_to([&] { deadline.set(timers, *task, Time(2s)); }) ==
          "Deadline::set: it is set already: make another one");
}

TEST_CASE("when a task began, the table knows of those that are in it", "[contracts]") {
    const TaskTable table;
    CHECK(said_to([&] { static_cast<void>(table.began(7)); }) ==
          "TaskTable::began: there is no task 7: find() it first");
}

TEST_CASE("a socket address has 128 bytes at most", "[contracts]") {
    const std::array<char, 200> bytes{};
    CHECK(said_to([&] { Address(bytes.data(), bytes.size()); }) ==
          "Address: a socket address of 200 bytes: the host's have 128 at most");
}

TEST_CASE("a function that has not finished has no result", "[contracts]") {
    const auto seven = [] { return 7; };
    FunctionJob job(seven);
    CHECK(said_to([&] { job.take(); }) ==
          "FunctionJob::take: its function has not finished: wait in `waiters`");
    job.run();
    job.finished = true;
    CHECK(job.take() == 7);
}

TEST_CASE("a process is started by the name of its program", "[contracts]") {
    HostMachine machine;
    CHECK(said_to([&] { machine.kernel().world().processes->start({}, "/"); }) ==
          "HostProcesses::start: no words: the first names the program");
}

TEST_CASE("a kernel on io_uring is run on one thread", "[contracts][host]") {
    HostMachine machine;
    machine.run(do_nothing());
    std::string said;
    std::thread other([&] { said = said_to([&] { machine.kernel().run(); }); });
    other.join();
    if (Machine::on_host().io == IoBackend::uring) {
        CHECK(said ==
              "a kernel that uses io_uring is run on one thread only, that which ran it first");
    } else {
        CHECK(said == "nothing");
    }
}

TEST_CASE("a time before the boot may be added to", "[contracts]") {
    CHECK(saturating_add(Time(-5s), 2s) == Time(-3s));
    CHECK(saturating_add(Time(-5s), Duration::max()) == Time(Duration::max() - 5s));
    CHECK(saturating_add(Time(-5s), Duration::min()) == Time::min());
}

// ---- In Debug ----

/// Completes, but with nothing.
class Empty : public SystemCall<int> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return Outcome::Kind::completed; }
};

/// Waits for an event without knowing what it will evaluate to then.
class Hopeful : public SystemCall<std::string> {
public:
    explicit Hopeful(Event& event) : event_(event) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        return block_on(self, event_.waiters);
    }

private:
    Event& event_;
};

Coroutine<> take_nothing() {
    co_yield Empty{};
}

Coroutine<> hope(Event& event) {
    co_yield Hopeful{event};
}

Coroutine<> disappoint(Event& event) {
    co_await let_the_others_run();
    co_yield SetEvent{event};
}

TEST_CASE("a call that completes without a result is told so, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    HostMachine machine;
    Event event;
    machine.kernel().spawn(take_nothing());
    machine.kernel().spawn(hope(event));
    machine.kernel().spawn(disappoint(event));
    CHECK(machine.kernel().run() == Ending::finished);
    const std::string rest =
        "() was completed without a result: answer complete(value), and let complete_all complete "
        "only calls that have theirs\"";
    CHECK(machine.record.has("1 threw \"Empty" + rest));
    CHECK(machine.record.has("2 threw \"Hopeful" + rest));
}

TEST_CASE("a mutex is taken when it is free, and given back when it is not, in Debug",
          "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    FakeKernel kernel;
    const std::unique_ptr<Task> task = make_bare_task(kernel, 3);
    Mutex mutex;
    CHECK(said_to([&] { mutex.unlock(); }) ==
          "Mutex::unlock: nobody holds it: its owner unlocks it, once");
    mutex.lock(*task);
    CHECK(said_to([&] { mutex.lock(*task); }) ==
          "Mutex::lock: task 3 holds it: wait in `waiters` until it is free");
    mutex.unlock();
}

TEST_CASE("nothing is taken out of what is empty, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    const std::string ring = "Ring: there is no oldest in an empty one: ask empty() first";
    CHECK(said_to([] { Ring<int>().front(); }) == ring);
    CHECK(said_to([] { Ring<int>().take_front(); }) == ring);
    CHECK(said_to([] { Ring<int>().pop_front(); }) == ring);
    CHECK(said_to([] { Stack<int>().take_front(); }) ==
          "Stack: there is nothing to take of an empty one: ask empty() first");
    CHECK(said_to([] { PriorityQueue<int>().take_front(); }) ==
          "PriorityQueue: there is nothing to take of an empty one: ask empty() first");
}

TEST_CASE("the nth of those that are ready is one of them, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    FakeKernel kernel;
    const std::unique_ptr<Task> task = make_bare_task(kernel, 1);
    ReadyQueue ready;
    ready.push(*task);
    CHECK(said_to([&] { ready.pop(1); }) == "ReadyQueue::pop(1): 1 are ready, numbered from 0");
    CHECK(ready.pop(0) == task.get());
}

TEST_CASE("tasks come into the table in the order of their tids, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    FakeKernel kernel;
    TaskTable table;
    const std::unique_ptr<Task> task = make_bare_task(kernel, 5);
    CHECK(said_to([&] { table.insert(*task); }) ==
          "TaskTable::insert: task 5 comes after tid 0, which next_tid() gives");
}

TEST_CASE("a stream that would block the kernel is refused, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    const std::unique_ptr<HostPoller> poller = make_epoll_poller();
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const HostDescriptor writer(ends[1]);
    CHECK(said_to([&] {
              HostStream(*poller, HostDescriptor(ends[0]), HostStream::Kind::plain, "a pipe");
          }) ==
          "HostStream(a pipe): it would block the kernel: open its descriptor with O_NONBLOCK");
}

Coroutine<> leak_a_pipe(std::optional<PipeEnds>& leaked) {
    leaked = co_yield Pipe{};
}

Coroutine<> leak_a_wish(std::optional<AccountingUse>& leaked) {
    leaked = co_yield StartAccounting{};
}

TEST_CASE("what must be gone before the kernel aborts if it is not, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    const auto outlive = [](auto leak, auto leaked) {
        auto kernel = std::make_unique<Kernel>(Machine::on_host());
        kernel->spawn(leak(leaked));
        kernel->run();
        kernel.reset();
    };
    CHECK_THAT(last_words_after([&] { outlive(leak_a_pipe, std::optional<PipeEnds>()); }),
               ContainsSubstring("a Descriptor must be gone before its kernel is"));
    CHECK_THAT(last_words_after([&] { outlive(leak_a_wish, std::optional<AccountingUse>()); }),
               ContainsSubstring("an AccountingUse must be gone before its kernel is"));
}

}  // namespace
}  // namespace yos
