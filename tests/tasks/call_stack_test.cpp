// A task's stack is bounded by memory, not by the host's stack. So these tests run on a host's
// stack on which even ten thousand nested calls would not fit.

#include "tasks/call_stack.h"

#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"
#include "tests/lib/machine.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <pthread.h>
#include <stdexcept>

namespace yos {
namespace {

constexpr int million = 1'000'000;

void on_a_small_stack(std::function<void()> function) {
    constexpr std::size_t bytes = 256 * 1024;
    pthread_attr_t attributes;
    REQUIRE(pthread_attr_init(&attributes) == 0);
    REQUIRE(pthread_attr_setstacksize(&attributes, bytes) == 0);
    pthread_t thread{};
    const auto start = [](void* function) -> void* {
        (*static_cast<std::function<void()>*>(function))();
        return nullptr;
    };
    REQUIRE(pthread_create(&thread, &attributes, start, &function) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

/// What is seen of a deep recursion as it unwinds.
class Depth {
public:
    void entered(int level) {
        here_ = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
        lowest_ = level == million ? here_ : std::min(lowest_, here_);
        highest_ = level == million ? here_ : std::max(highest_, here_);
        ++entered_;
    }
    void left(int level) {
        in_order_ = in_order_ && level == left_;
        ++left_;
    }

    int entered() const { return entered_; }
    int left() const { return left_; }

    /// They were left from level 0 upwards, each once.
    bool in_order() const { return in_order_; }

    /// Bytes of the host's stack between the level nearest to its top and the farthest.
    std::uintptr_t spread() const { return highest_ - lowest_; }

private:
    std::uintptr_t here_ = 0;
    std::uintptr_t lowest_ = 0;
    std::uintptr_t highest_ = 0;
    int entered_ = 0;
    int left_ = 0;
    bool in_order_ = true;
};

struct Level {
    Depth& depth;
    int level;
    ~Level() { depth.left(level); }
};

enum class AtTheBottom { returns, throws, sleeps };

Coroutine<int> descend(Depth& depth, int level, AtTheBottom what) {
    const Level guard{depth, level};
    depth.entered(level);
    if (level > 0) {
        co_return 1 + co_await descend(depth, level - 1, what);
    }
    if (what == AtTheBottom::throws) {
        throw std::runtime_error("at the bottom");
    }
    if (what == AtTheBottom::sleeps) {
        co_yield Sleep{std::chrono::hours(1)};
    }
    co_return 0;
}

Coroutine<int> descend_and_add_up(Depth& depth, int& sum) {
    sum = co_await descend(depth, million, AtTheBottom::returns);
    co_return 0;
}

Coroutine<> kill_in_its_sleep(Depth& depth, std::optional<ExitStatus>& status) {
    const Tid sleeper = co_yield NewTask{descend(depth, million, AtTheBottom::sleeps)};
    co_yield Sleep{std::chrono::seconds(1)};
    CHECK(depth.left() == 0);
    co_yield NewTask{[](Tid sleeper) -> Coroutine<> { co_yield KillTask{sleeper}; }(sleeper)};
    status = co_yield WaitTask{sleeper};
}

Coroutine<> catch_at_the_top(Depth& depth, std::string& caught) {
    try {
        co_await descend(depth, million, AtTheBottom::throws);
    } catch (const std::runtime_error& error) {
        caught = error.what();
    }
}

TEST_CASE("a recursion one million deep returns, on a flat host stack", "[tasks]") {
    Depth depth;
    int sum = 0;
    on_a_small_stack([&] {
        Machine machine;
        machine.run(descend_and_add_up(depth, sum));
    });
    CHECK(sum == million);
    CHECK(depth.entered() == million + 1);
    CHECK(depth.left() == million + 1);
    CHECK(depth.in_order());
    CHECK(depth.spread() < 4096);
}

TEST_CASE("a task that is killed one million deep unwinds innermost first", "[tasks]") {
    Depth depth;
    std::optional<ExitStatus> status;
    on_a_small_stack([&] {
        Machine machine;
        machine.run(kill_in_its_sleep(depth, status));
    });
    REQUIRE(status);
    CHECK(status->how == ExitStatus::How::killed);
    CHECK(status->by == 3);
    CHECK(depth.left() == million + 1);
    CHECK(depth.in_order());
}

TEST_CASE("an exception one million deep unwinds innermost first", "[tasks]") {
    Depth depth;
    std::string caught;
    on_a_small_stack([&] {
        Machine machine;
        machine.run(catch_at_the_top(depth, caught));
    });
    CHECK(caught == "at the bottom");
    CHECK(depth.left() == million + 1);
    CHECK(depth.in_order());
}

}  // namespace
}  // namespace yos
