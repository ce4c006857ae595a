// Exceptions between coroutines: up from the callee, and into one that is paused.

#include "tests/lib/call.h"

#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

namespace yos {
namespace {

using Events = std::vector<std::string>;

struct Leaves {
    Events& events;
    std::string name;
    ~Leaves() { events.push_back("left " + name); }
};

Coroutine<int> fail_with(std::string what) {
    throw std::runtime_error(what);
    co_return 0;
}

Coroutine<int> descend_and_fail(Events& events, int level) {
    const Leaves leaves{events, std::to_string(level)};
    if (level == 0) {
        throw std::runtime_error("bottom");
    }
    co_return co_await descend_and_fail(events, level - 1);
}

Coroutine<std::string> catch_below(Events& events) {
    std::string caught = "nothing";
    try {
        co_await descend_and_fail(events, 3);
    } catch (const std::runtime_error& error) {
        caught = error.what();
    }
    events.push_back("caught " + caught);
    const int after = co_await []() -> Coroutine<int> { co_return 5; }();
    co_return caught + ", then " + std::to_string(after);
}

Coroutine<std::string> pause_and_tell(Events& events) {
    const Leaves leaves{events, "the inner"};
    std::string told = "resumed";
    try {
        co_yield Pause{};
    } catch (const std::runtime_error& error) {
        told = error.what();
    }
    co_return told;
}

Coroutine<std::string> call_pause_and_tell(Events& events) {
    co_return "inner was " + co_await pause_and_tell(events);
}

Coroutine<> pause_in_callee(Events& events) {
    const Leaves leaves{events, "the callee"};
    co_yield Pause{};
}

Coroutine<std::string> catch_what_was_raised_below(Events& events) {
    std::string caught = "nothing";
    try {
        co_await pause_in_callee(events);
    } catch (const std::runtime_error& error) {
        caught = error.what();
    }
    co_return caught;
}

Coroutine<> translate(Events& events) {
    std::exception_ptr failure;
    try {
        co_await fail_with("cause");
    } catch (const std::runtime_error&) {
        failure = std::current_exception();
    }
    co_yield Pause{};  // cleans up first
    events.emplace_back("cleaned up");
    std::rethrow_exception(failure);
}

std::exception_ptr raised(const char* what) {
    return std::make_exception_ptr(std::runtime_error(what));
}

TEST_CASE("an exception leaves a Coroutine as it leaves a function", "[tasks]") {
    CHECK_THROWS_AS(call(fail_with("x")), std::runtime_error);
}

TEST_CASE("an exception unwinds each frame on its way, innermost first", "[tasks]") {
    const long before = Recycler::live();
    Events events;
    CHECK(call(catch_below(events)) == "bottom, then 5");
    CHECK(events == Events{"left 0", "left 1", "left 2", "left 3", "caught bottom"});
    CHECK(Recycler::live() == before);
}

TEST_CASE("an exception that nobody catches leaves the stack empty", "[tasks]") {
    const long before = Recycler::live();
    Events events;
    Running<int> running(descend_and_fail(events, 2));
    CHECK(!running.step());
    CHECK(running.stack.backtrace().empty());
    CHECK_THROWS_AS(running.take(), std::runtime_error);
    CHECK(events == Events{"left 0", "left 1", "left 2"});
    CHECK(Recycler::live() == before);
}

TEST_CASE("what is raised into a paused stack is thrown at the innermost pause", "[tasks]") {
    Events events;
    Running<std::string> running(call_pause_and_tell(events));
    REQUIRE(running.step());
    running.stack.raise(raised("from outside"));
    CHECK(!running.step());
    CHECK(running.take() == "inner was from outside");
    CHECK(events == Events{"left the inner"});
}

TEST_CASE("what is raised and not caught by the callee comes to its caller", "[tasks]") {
    Events events;
    Running<std::string> running(catch_what_was_raised_below(events));
    REQUIRE(running.step());
    running.stack.raise(raised("from outside"));
    CHECK(!running.step());
    CHECK(running.take() == "from outside");
    CHECK(events == Events{"left the callee"});
}

TEST_CASE("what is raised is thrown once", "[tasks]") {
    Events events;
    Running<void> running([](Events& events) -> Coroutine<> {
        co_await pause_and_tell(events);
        co_yield Pause{};  // must not throw again
        events.emplace_back("went on");
    }(events));
    REQUIRE(running.step());
    running.stack.raise(raised("once"));
    REQUIRE(running.step());
    CHECK(!running.step());
    running.take();
    CHECK(events == Events{"left the inner", "went on"});
}

TEST_CASE("an exception can be kept over a pause and thrown again", "[tasks]") {
    Events events;
    Running<void> running(translate(events));
    REQUIRE(running.step());
    CHECK(!running.step());
    CHECK_THROWS_AS(running.take(), std::runtime_error);
    CHECK(events == Events{"cleaned up"});
}

TEST_CASE("an exception need not be a std::exception", "[tasks]") {
    const auto throw_number = []() -> Coroutine<> {
        throw 42;
        co_return;
    };
    CHECK_THROWS_AS(call(throw_number()), int);
}

}  // namespace
}  // namespace yos
