#include "syscalls/in_thread.h"

#include "syscalls/cancel_task.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/now.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/yield.h"
#include "tests/lib/thread_work.h"

#include <atomic>
#include <csignal>
#include <thread>

namespace yos {
namespace {

using namespace std::chrono_literals;

// ---- What comes back ----

Coroutine<> take_values(std::vector<std::string>& came) {
    const auto number = [] { return 42; };
    const auto move_only = [] { return std::make_unique<std::string>("moved"); };
    came.push_back(std::to_string(co_yield InThread{number}));
    const std::unique_ptr<std::string> text = co_yield InThread{move_only};
    came.push_back(*text);
    auto nothing = [&came] { came.push_back("no value"); };
    co_yield InThread{nothing};
    static std::string elsewhere = "a reference";
    const std::string text_of_its_own(100, 'x');
    const auto owner = [text_of_its_own] { return text_of_its_own.size(); };
    came.push_back(std::to_string(co_yield InThread{owner}));
    came.push_back(std::to_string(co_yield InThread{[] { return 5; }}));
    const auto reference = []() -> std::string& { return elsewhere; };
    std::string& same = co_yield InThread{reference};
    CHECK(&same == &elsewhere);
}

TEST_CASE("InThread evaluates to what its function returns", "[threads]") {
    HostMachine machine;
    std::vector<std::string> came;
    run_to_its_return(machine, take_values(came));
    CHECK(came == std::vector<std::string>{"42", "moved", "no value", "100", "5"});
}

Coroutine<> catch_what_is_thrown(std::vector<std::string>& caught) {
    const auto throws = []() -> int { throw std::out_of_range("too far"); };
    const auto throws_number = [] { throw 7; };
    try {
        co_yield InThread{throws};
    } catch (const std::out_of_range& failure) {
        caught.push_back(failure.what());
    }
    try {
        co_yield InThread{throws_number};
    } catch (int number) {
        caught.push_back(std::to_string(number));
    }
}

TEST_CASE("InThread throws what its function throws", "[threads]") {
    HostMachine machine;
    std::vector<std::string> caught;
    run_to_its_return(machine, catch_what_is_thrown(caught));
    CHECK(caught == std::vector<std::string>{"too far", "7"});
}

// ---- Where it runs ----

Coroutine<> look_around(std::thread::id& thread, bool& blocks_signals) {
    auto look = [&] {
        thread = std::this_thread::get_id();
        sigset_t blocked;
        ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
        blocks_signals = ::sigismember(&blocked, SIGINT) == 1;
    };
    co_yield InThread{look};
}

TEST_CASE("a function in a thread is not in the kernel's, and no signal interrupts it",
          "[threads]") {
    HostMachine machine;
    std::thread::id thread;
    bool blocks_signals = false;
    run_to_its_return(machine, look_around(thread, blocks_signals));
    CHECK(thread != std::thread::id());
    CHECK(thread != std::this_thread::get_id());
    CHECK(blocks_signals);
}

Coroutine<> run_meanwhile(Progress& progress, bool& done) {
    co_yield NewTask{work_in_thread(progress, done)};
    co_await yield_until([&] { return progress.begun.load(); });
    CHECK_FALSE(done);
    progress.may_end = true;
    co_await yield_until([&] { return done; });
}

TEST_CASE("other tasks run while one waits for a function in a thread", "[threads]") {
    Progress progress;
    HostMachine machine;
    bool done = false;
    run_to_its_return(machine, run_meanwhile(progress, done));
    CHECK(done);
}

// ---- Many ----

Coroutine<> square(int number, long& sum) {
    auto work = [number] { return number * number; };
    sum += co_yield InThread{work};
}

Coroutine<> square_many(int many, long& sum) {
    for (int i = 0; i < many; ++i) {
        co_yield NewTask{square(i, sum)};
    }
}

TEST_CASE("a thousand functions in threads all come back", "[threads]") {
    HostMachine machine;
    long sum = 0;
    run_to_its_return(machine, square_many(1'000, sum));
    CHECK(sum == 332'833'500);
}

struct Crowd {
    std::atomic<std::size_t> inside = 0;
    std::atomic<std::size_t> most = 0;
    std::atomic<bool> may_leave = false;
};

Coroutine<> join(Crowd& crowd, std::size_t& done) {
    auto work = [&crowd] {
        const std::size_t now = ++crowd.inside;
        for (std::size_t most = crowd.most; most < now;) {
            crowd.most.compare_exchange_weak(most, now);
        }
        spin_until(crowd.may_leave);
        --crowd.inside;
    };
    co_yield InThread{work};
    ++done;
}

Coroutine<> crowd_the_pool(Crowd& crowd, std::size_t& done) {
    for (int i = 0; i < 20; ++i) {
        co_yield NewTask{join(crowd, done)};
    }
    co_await yield_until([&] { return crowd.inside == limits::pool_threads; });
    crowd.may_leave = true;
    co_await yield_until([&] { return done == 20; });
}

TEST_CASE("functions in threads share as many threads as the limit says", "[threads]") {
    HostMachine machine;
    Crowd crowd;
    std::size_t done = 0;
    run_to_its_return(machine, crowd_the_pool(crowd, done));
    CHECK(crowd.most == limits::pool_threads);
}

// ---- Time ----

Coroutine<> sleep_an_hour(std::atomic<bool>& about_to, std::vector<std::string>& events) {
    about_to = true;
    co_yield Sleep{1h};
    events.push_back("slept");
}

Coroutine<> work_while_another_sleeps(std::vector<std::string>& events) {
    std::atomic<bool> sleeping = false;
    co_yield NewTask{sleep_an_hour(sleeping, events)};
    auto work = [&sleeping] {
        spin_until(sleeping);
        std::this_thread::sleep_for(1ms);  // longer than the machine would need to skip the hour
    };
    co_yield InThread{work};
    const Time now = co_yield Now{};
    CHECK(now == Time{});
    events.push_back("worked");
    co_await eventually([&] { return events.size() == 2; });
}

TEST_CASE("the virtual clock stands still while a function runs in a thread", "[threads]") {
    HostMachine machine;
    std::vector<std::string> events;
    run_to_its_return(machine, work_while_another_sleeps(events));
    CHECK(events == std::vector<std::string>{"worked", "slept"});
}

}  // namespace
}  // namespace yos
