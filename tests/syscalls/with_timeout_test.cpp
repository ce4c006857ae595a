#include "syscalls/with_timeout.h"

#include "tests/lib/actors.h"

#include <memory>

namespace yos {
namespace {

Coroutine<> sleep_and_tell(Story& story, std::string name, Duration duration) {
    const Mortal frame(story, name);
    co_yield Sleep{duration};
    story.push_back(name + " slept");
}

/// Tells whether the limit was kept, and when.
Coroutine<> limit(Story& story, std::string name, Duration duration, Coroutine<> subroutine) {
    std::string how = " in time";
    try {
        co_await with_timeout(duration, std::move(subroutine));
    } catch (const TimedOut& timed_out) {
        how = timed_out.code() == std::errc::timed_out ? " timed out" : " failed oddly";
    }
    story.push_back(name + how);
}

Coroutine<std::unique_ptr<int>> make_seven(Duration duration) {
    co_yield Sleep{duration};
    co_return std::make_unique<int>(7);
}

Coroutine<int&> find(int& number) {
    co_return number;
}

Coroutine<> take_values(int& seven, int*& found, int& number) {
    seven = *co_await with_timeout(10ms, make_seven(5ms));
    found = &co_await with_timeout(10ms, find(number));
}

TEST_CASE("with_timeout gives what the subroutine returns", "[syscalls]") {
    Machine machine;
    int seven = 0;
    int number = 0;
    int* found = nullptr;
    machine.run(take_values(seven, found, number));
    CHECK(seven == 7);
    CHECK(found == &number);
    CHECK(machine.kernel().now() == Time(5ms));
}

Coroutine<> fail() {
    co_yield Yield{};
    throw std::system_error(std::make_error_code(std::errc::no_space_on_device));
}

TEST_CASE("with_timeout lets a subroutine's failure through", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(tell_failure(story, "ann", with_timeout(10ms, fail())));
    CHECK(story == Story{"ann: No space left on device"});
}

TEST_CASE("with_timeout unwinds the subroutine, then throws TimedOut", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(limit(story, "outer", 10ms, sleep_and_tell(story, "sleeper", 1h)));
    CHECK(story == Story{"sleeper gone", "outer timed out"});
    CHECK(machine.kernel().now() == Time(10ms));
}

TEST_CASE("A deadline comes before the end of a sleep at the same time", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(limit(story, "at", 10ms, sleep_and_tell(story, "sleeper", 10ms)));
    machine.run(limit(story, "before", 10ms, sleep_and_tell(story, "sleeper", 9999us)));
    CHECK(story ==
          Story{"sleeper gone", "at timed out", "sleeper slept", "sleeper gone", "before in time"});
}

Coroutine<> limit_then_sleep(Story& story) {
    co_await limit(story, "scope", 10ms, sleep_and_tell(story, "sleeper", 1ms));
    co_yield Sleep{1h};
    story.push_back("slept on");
}

TEST_CASE("A deadline whose scope has ended does not expire", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(limit_then_sleep(story));
    CHECK(story == Story{"sleeper slept", "sleeper gone", "scope in time", "slept on"});
}

Coroutine<> limit_twice(Story& story, Duration inner, Duration after) {
    const Mortal frame(story, "middle");
    co_await limit(story, "inner", inner, sleep_and_tell(story, "sleeper", 1h));
    co_yield Sleep{after};
    story.push_back("middle slept");
}

TEST_CASE("Of nested deadlines the nearest wins, and only its own scope gives up", "[syscalls]") {
    Machine machine;
    Story story;
    SECTION("the inner one") {
        machine.run(limit(story, "outer", 20ms, limit_twice(story, 10ms, 5ms)));
        CHECK(
            story ==
            Story{
                "sleeper gone", "inner timed out", "middle slept", "middle gone", "outer in time"});
        CHECK(machine.kernel().now() == Time(15ms));
    }
    SECTION("the outer one") {
        machine.run(limit(story, "outer", 10ms, limit_twice(story, 20ms, 5ms)));
        CHECK(story == Story{"sleeper gone", "middle gone", "outer timed out"});
        CHECK(machine.kernel().now() == Time(10ms));
    }
    SECTION("both at once: the outer one") {
        machine.run(limit(story, "outer", 10ms, limit_twice(story, 10ms, 5ms)));
        CHECK(story == Story{"sleeper gone", "middle gone", "outer timed out"});
    }
    SECTION("the inner one, and later the outer one") {
        machine.run(limit(story, "outer", 20ms, limit_twice(story, 10ms, 1h)));
        CHECK(story == Story{"sleeper gone", "inner timed out", "middle gone", "outer timed out"});
        CHECK(machine.kernel().now() == Time(20ms));
    }
}

}  // namespace
}  // namespace yos
