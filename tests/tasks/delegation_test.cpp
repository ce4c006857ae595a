// How generators delegate in C++, beyond what delegation_cases_test.cpp has from Python: what is an
// error, and depth.

#include "tasks/generator.h"
#include "tests/lib/actors.h"

#include <memory>
#include <optional>

namespace yos {
namespace {

template <class Range>
std::vector<int> to_vector(Range&& range) {
    std::vector<int> values;
    for (const int value : range) {
        values.push_back(value);
    }
    return values;
}

Generator<int, void, int> returns(int result) {
    co_yield 1;
    co_return result;
}

Generator<int, void, int> delegate(Generator<int, void, int> inner) {
    co_return co_await std::move(inner) + 1;
}

TEST_CASE("co_await of a generator that has ended evaluates to its result at once", "[generator]") {
    auto ended = returns(42);
    to_vector(ended);
    auto generator = delegate(std::move(ended));
    CHECK(to_vector(generator).empty());
    CHECK(generator.result() == 43);
}

TEST_CASE("co_await of a generator that was closed has no result to evaluate to", "[generator]") {
    auto closed = returns(42);
    closed.close();
    auto generator = delegate(std::move(closed));
    CHECK_THROWS_AS(generator.next(), NoResult);
}

TEST_CASE("co_await of an empty generator is an error", "[generator]") {
    auto moved_away = returns(42);
    const auto taken = std::move(moved_away);
    auto generator = delegate(std::move(moved_away));
    CHECK_THROWS_AS(generator.next(), std::logic_error);
}

Generator<int> delegates_to_itself(std::optional<Generator<int>>& self) {
    co_yield 1;
    co_await *std::move(self);
}

TEST_CASE("a generator cannot delegate to itself", "[generator]") {
    std::optional<Generator<int>> generator;
    generator.emplace(delegates_to_itself(generator));
    generator->next();
    CHECK_THROWS_AS(generator->next(), AlreadyExecuting);
}

Generator<void, int> add_to(int& sum) {
    for (;;) {
        sum += co_yield nothing;
    }
}

Generator<void, int> delegate_to(Generator<void, int> inner) {
    co_await std::move(inner);
}

TEST_CASE("a sink that waits for a value cannot be delegated to, for it would be sent none",
          "[generator]") {
    int sum = 0;
    auto generator = delegate_to(primed(add_to(sum)));
    CHECK_THROWS_AS(generator.next(), NothingSent);
    auto sink = primed(delegate_to(add_to(sum)));
    sink.send(5);
    CHECK(sum == 5);
}

// ---- Depth ----

constexpr int very_deep = 1'000'000;

Generator<int, std::optional<int>, int> descend(int depth, Story& story) {
    if (depth > 0) {
        co_return co_await descend(depth - 1, story) + 1;
    }
    const Mortal innermost(story, "innermost");
    int value = 0;
    while (value < 3) {
        value = (co_yield value).value_or(value + 1);
    }
    co_return value;
}

TEST_CASE("a million generators deep, values and results pass through", "[generator]") {
    const long live_before = Recycler::live();
    Story story;
    auto generator = descend(very_deep, story);
    CHECK(generator.next() == 0);
    CHECK(Recycler::live() - live_before == very_deep + 1);
    CHECK(generator.send(-5) == -5);
    CHECK(generator.next() == -4);
    CHECK_THROWS_AS(generator.send(3), StopIteration<int>);
    CHECK(generator.result() == very_deep + 3);
    CHECK(Recycler::live() - live_before == 1);
}

TEST_CASE("a million generators deep, an unfinished one unwinds", "[generator]") {
    const long live_before = Recycler::live();
    Story story;
    {
        auto generator = descend(very_deep, story);
        generator.next();
        CHECK(story.empty());
    }
    CHECK(story == Story{"innermost gone"});
    CHECK(Recycler::live() == live_before);
}

TEST_CASE("ten thousand generators deep, exceptions and the end pass through", "[generator]") {
    const long live_before = Recycler::live();
    Story story;
    {
        auto generator = descend(10'000, story);
        generator.next();
        CHECK_THROWS_AS(generator.throw_in(std::runtime_error("x")), std::runtime_error);
        auto other = descend(10'000, story);
        other.next();
        other.close();
        CHECK(other.has_ended());
    }
    CHECK(story == Story{"innermost gone", "innermost gone"});
    CHECK(Recycler::live() == live_before);
}

}  // namespace
}  // namespace yos
