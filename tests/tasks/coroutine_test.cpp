#include "tasks/coroutine.h"

#include "tests/lib/call.h"

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace yos {
namespace {

using Events = std::vector<std::string>;

/// Tells when it goes.
class Guest {
public:
    Guest(Events& events, std::string name) : events_(&events), name_(std::move(name)) {}
    Guest(Guest&& other) noexcept
        : events_(std::exchange(other.events_, nullptr)), name_(std::move(other.name_)) {}
    Guest& operator=(Guest&&) = delete;
    ~Guest() {
        if (events_ != nullptr) {
            events_->push_back(name_ + " gone");
        }
    }

private:
    Events* events_;
    std::string name_;
};

Coroutine<> note(Events& events, std::string what) {
    events.push_back(what);
    co_return;
}

Coroutine<> with_guests(Events& events, Guest /*argument*/) {
    const Guest local(events, "local");
    events.emplace_back("body");
    co_return;
}

Coroutine<> pause_with_guests(Events& events, Guest /*argument*/) {
    const Guest local(events, "local");
    co_yield Pause{};
    events.emplace_back("resumed");
}

Coroutine<> call_with_guest(Events& events) {
    co_await with_guests(events, Guest(events, "argument"));
    events.emplace_back("back in the caller");
}

Coroutine<> await_given(Coroutine<> callee) {
    co_await std::move(callee);
}

TEST_CASE("a Coroutine is move-only", "[tasks]") {
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<Coroutine<int>>);
    STATIC_REQUIRE(std::is_nothrow_move_assignable_v<Coroutine<int>>);
    STATIC_REQUIRE(!std::is_copy_constructible_v<Coroutine<int>>);
    STATIC_REQUIRE(!std::is_copy_assignable_v<Coroutine<int>>);
    STATIC_REQUIRE(!std::is_default_constructible_v<Coroutine<int>>);
}

TEST_CASE("a Coroutine is lazy: it runs when it is called, not when it is made", "[tasks]") {
    Events events;
    Coroutine<> made = note(events, "ran");
    CHECK(events.empty());
    call(std::move(made));
    CHECK(events == Events{"ran"});
}

TEST_CASE("a Coroutine that is dropped before it ran frees its frame and its arguments",
          "[tasks]") {
    const long before = Recycler::live();
    Events events;
    {
        const Coroutine<> dropped = with_guests(events, Guest(events, "argument"));
        CHECK(Recycler::live() <= before + 1);  // clang may place the frame in this one
        CHECK(events.empty());
    }
    CHECK(events == Events{"argument gone"});
    CHECK(Recycler::live() == before);
}

TEST_CASE("a Coroutine that is moved leaves an empty one behind", "[tasks]") {
    Events events;
    Coroutine<> first = note(events, "ran");
    CHECK(!first.empty());
    Coroutine<> second = std::move(first);
    CHECK(first.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
    CHECK(!second.empty());
    call(std::move(second));
    CHECK(second.empty());  // NOLINT(bugprone-use-after-move)
    CHECK(events == Events{"ran"});
}

TEST_CASE("assigning to a Coroutine frees the one it held, in the end", "[tasks]") {
    const long before = Recycler::live();
    Events events;
    {
        Coroutine<> held = note(events, "first");
        held = note(events, "second");
        CHECK(Recycler::live() <= before + 1);  // clang may place the frame in this one
        call(std::move(held));
    }
    CHECK(events == Events{"second"});
    CHECK(Recycler::live() == before);
}

TEST_CASE("locals go before arguments, and both before the caller goes on", "[tasks]") {
    Events events;
    call(call_with_guest(events));
    CHECK(events == Events{"body", "local gone", "argument gone", "back in the caller"});
}

TEST_CASE("a frame is freed as soon as it returns, not when its caller does", "[tasks]") {
    const long before = Recycler::live();
    Events events;
    Running<void> running([](Events& events) -> Coroutine<> {
        co_await with_guests(events, Guest(events, "argument"));
        co_yield Pause{};
    }(events));
    CHECK(running.step());
    CHECK(Recycler::live() == before + 1);
    CHECK(!running.step());
    CHECK(Recycler::live() == before);
}

TEST_CASE("arguments live as long as the body, over its pauses", "[tasks]") {
    Events events;
    Running<void> running(pause_with_guests(events, Guest(events, "argument")));
    CHECK(running.step());
    CHECK(events.empty());
    CHECK(!running.step());
    CHECK(events == Events{"resumed", "local gone", "argument gone"});
}

TEST_CASE("a stack that is dropped unwinds a paused coroutine, innermost first", "[tasks]") {
    const long before = Recycler::live();
    Events events;
    {
        Running<void> running([](Events& events, Guest /*outer*/) -> Coroutine<> {
            co_await pause_with_guests(events, Guest(events, "argument"));
        }(events, Guest(events, "outer")));
        CHECK(running.step());
        CHECK(events.empty());
    }
    CHECK(events == Events{"local gone", "argument gone", "outer gone"});
    CHECK(Recycler::live() == before);
}

TEST_CASE("awaiting an empty Coroutine is an error that says what happened", "[tasks]") {
    const long before = Recycler::live();
    Events events;
    Coroutine<> moved = note(events, "ran");
    call(std::move(moved));
    std::string what;
    try {
        call(await_given(std::move(moved)));  // NOLINT(bugprone-use-after-move)
    } catch (const std::logic_error& error) {
        what = error.what();
    }
    CHECK(what == "co_await of an empty coroutine: it was awaited or moved away");
    CHECK(events == Events{"ran"});
    CHECK(Recycler::live() == before);
}

TEST_CASE("a Coroutine made in one place is called in another", "[tasks]") {
    Events events;
    std::vector<Coroutine<>> later;
    later.push_back(note(events, "first"));
    later.push_back(note(events, "second"));
    call([](std::vector<Coroutine<>> all) -> Coroutine<> {
        while (!all.empty()) {
            co_await std::move(all.back());
            all.pop_back();
        }
    }(std::move(later)));
    CHECK(events == Events{"second", "first"});
}

}  // namespace
}  // namespace yos
