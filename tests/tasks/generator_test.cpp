// What a generator is in C++, beyond what generator_cases_test.cpp has from Python: types, ranges,
// ownership. Delegation is in delegation_test.cpp.

#include "tasks/generator.h"

#include "syscalls/yield.h"
#include "tests/lib/actors.h"

#include <any>
#include <memory>
#include <ranges>

namespace yos {
namespace {

Generator<int> naturals() {
    for (int i = 0;; ++i) {
        co_yield i;
    }
}

Generator<int> countdown(int n) {
    for (; n > 0; --n) {
        co_yield n;
    }
}

Generator<void, std::string> collector(std::vector<std::string>& lines) {
    for (;;) {
        lines.push_back(co_yield nothing);
    }
}

template <class Range>
std::vector<int> to_vector(Range&& range) {
    std::vector<int> values;
    for (const int value : range) {
        values.push_back(value);
    }
    return values;
}

// ---- Ranges ----

static_assert(std::ranges::input_range<Generator<int>>);
static_assert(std::ranges::view<Generator<int>>);
static_assert(std::ranges::input_range<Generator<const std::string&>>);
static_assert(std::ranges::input_range<Generator<int, std::optional<int>, int>>);
static_assert(!std::ranges::range<Generator<int, int>>);  // it cannot do without what it is sent
static_assert(!std::ranges::range<Generator<void>>);

TEST_CASE("a generator is a range", "[generator]") {
    CHECK(to_vector(countdown(3)) == std::vector{3, 2, 1});
    CHECK(to_vector(countdown(0)).empty());
}

TEST_CASE("the views of the standard library work on a generator", "[generator]") {
    const auto is_odd = [](int i) { return i % 2 == 1; };
    const auto square = [](int i) { return i * i; };
    auto squares = naturals() | std::views::filter(is_odd) | std::views::transform(square) |
                   std::views::take_while([](int i) { return i < 100; });
    CHECK(to_vector(squares) == std::vector{1, 9, 25, 49, 81});
    CHECK(std::ranges::count_if(countdown(10), is_odd) == 5);
}

// ---- What is yielded, sent and returned ----

Generator<std::string> texts(std::string kept) {
    co_yield "literal";
    co_yield kept;
    co_yield kept;
}

TEST_CASE("what next() gives belongs to the caller, and the generator keeps its own",
          "[generator]") {
    auto generator = texts("kept");
    CHECK(generator.next() == "literal");
    std::string first = generator.next();
    first.clear();
    CHECK(generator.next() == "kept");
}

Generator<std::unique_ptr<int>> boxes() {
    co_yield std::make_unique<int>(1);
    auto box = std::make_unique<int>(2);
    co_yield std::move(box);
}

TEST_CASE("a generator may yield what can only be moved", "[generator]") {
    int sum = 0;
    for (auto& box : boxes()) {
        const std::unique_ptr<int> mine = std::move(box);
        sum += *mine;
    }
    CHECK(sum == 3);
}

Generator<int&> each_of(std::vector<int>& values) {
    for (int& value : values) {
        co_yield value;
    }
}

TEST_CASE("a generator of references gives the things themselves", "[generator]") {
    std::vector<int> values = {1, 2, 3};
    for (int& value : each_of(values)) {
        value *= 10;
    }
    CHECK(values == std::vector{10, 20, 30});
    CHECK(&each_of(values).next() == &values[0]);
}

Generator<void, const std::string&> remember(const std::string*& last) {
    for (;;) {
        const std::string& text = co_yield nothing;
        last = &text;
    }
}

TEST_CASE("a reference can be sent", "[generator]") {
    const std::string* last = nullptr;
    auto generator = primed(remember(last));
    const std::string text = "hello";
    generator.send(text);
    CHECK(last == &text);
}

Generator<int, std::unique_ptr<int>> unbox() {
    int value = 0;
    for (;;) {
        const std::unique_ptr<int> box = co_yield value;
        value = *box;
    }
}

TEST_CASE("what can only be moved can be sent", "[generator]") {
    auto generator = primed(unbox());
    CHECK(generator.send(std::make_unique<int>(7)) == 7);
}

Generator<int, std::any> tell_types() {
    for (int sent = 0;;) {
        const std::any value = co_yield sent;
        sent = !value.has_value() ? 0 : value.type() == typeid(int) ? 1 : 2;
    }
}

TEST_CASE("next() sends an empty std::any", "[generator]") {
    auto generator = primed(tell_types());
    CHECK(generator.send(5) == 1);
    CHECK(generator.next() == 0);
    CHECK(generator.send(std::string("text")) == 2);
}

TEST_CASE("a sink is sent values, and next() only gets it started", "[generator]") {
    std::vector<std::string> lines;
    auto sink = collector(lines);
    CHECK_THROWS_AS(sink.send("too early"), SentTooEarly);
    sink.next();
    sink.send("a");
    CHECK_THROWS_AS(sink.next(), NothingSent);
    sink.send("b");
    CHECK(lines == std::vector<std::string>{"a", "b"});
}

Generator<int, void, std::unique_ptr<int>> returns_box() {
    co_yield 1;
    co_return std::make_unique<int>(2);
}

Generator<int> unbox_result(int& result) {
    const std::unique_ptr<int> box = co_await returns_box();
    result = *box;
}

TEST_CASE("a result that can only be moved is taken from the generator, or by co_await",
          "[generator]") {
    auto generator = returns_box();
    generator.next();
    CHECK_THROWS_AS(generator.next(), StopIteration<>);
    CHECK(*generator.result() == 2);
    const std::unique_ptr<int> box = std::move(generator).result();
    CHECK(*box == 2);
    int result = 0;
    CHECK(to_vector(unbox_result(result)) == std::vector{1});
    CHECK(result == 2);
}

Generator<int, void, int> returns(int result) {
    co_yield 1;
    co_return result;
}

Generator<int, void, int> fails() {
    co_yield 1;
    throw std::runtime_error("by itself");
}

TEST_CASE("a result asked for too early, or of a generator that has none, is an error",
          "[generator]") {
    auto generator = returns(42);
    CHECK_THROWS_AS(generator.result(), NoResult);
    generator.next();
    CHECK_THROWS_AS(generator.result(), NoResult);
    CHECK(to_vector(generator).empty());
    CHECK(generator.result() == 42);
    CHECK_THROWS_AS(generator.throw_in(std::out_of_range("late")), std::out_of_range);
    CHECK(generator.result() == 42);

    auto failing = fails();
    failing.next();
    CHECK_THROWS_AS(failing.next(), std::runtime_error);
    CHECK_THROWS_AS(failing.result(), NoResult);

    auto closed = returns(42);
    closed.close();
    CHECK(closed.has_ended());
    CHECK_THROWS_AS(closed.result(), NoResult);
}

// ---- Ownership ----

Generator<int> guarded(Story& story, Mortal /*parameter*/) {
    const Mortal local(story, "local");
    co_yield 1;
    co_yield 2;
}

TEST_CASE("a generator that is dropped unwinds, wherever it stands", "[generator]") {
    const long live_before = Recycler::live();
    Story story;
    { const auto not_begun = guarded(story, Mortal(story, "parameter")); }
    CHECK(story == Story{"parameter gone"});
    story.clear();
    guarded(story, Mortal(story, "parameter")).next();
    CHECK(story == Story{"local gone", "parameter gone"});
    CHECK(Recycler::live() == live_before);
}

TEST_CASE("a generator that is assigned to drops what it was", "[generator]") {
    Story story;
    auto generator = guarded(story, Mortal(story, "first"));
    generator.next();
    generator = guarded(story, Mortal(story, "second"));
    CHECK(story == Story{"local gone", "first gone"});
}

TEST_CASE("throw_in takes an exception that was caught elsewhere", "[generator]") {
    auto generator = naturals();
    generator.next();
    const auto failure = std::make_exception_ptr(std::out_of_range("far"));
    CHECK_THROWS_AS(generator.throw_in(failure), std::out_of_range);
}

// ---- In a task ----

Coroutine<> drive(std::vector<int>& values, std::vector<std::string>& lines) {
    auto sink = primed(collector(lines));
    for (const int value : countdown(3)) {
        values.push_back(value);
        co_yield Yield{};
        sink.send(std::to_string(value));
    }
}

TEST_CASE("a task traps while it goes through a generator, and between two sends", "[generator]") {
    Machine machine;
    std::vector<int> values;
    std::vector<std::string> lines;
    machine.run(drive(values, lines));
    CHECK(values == std::vector{3, 2, 1});
    CHECK(lines == std::vector<std::string>{"3", "2", "1"});
}

Coroutine<> drive_for_ever(Story& story) {
    auto generator = guarded(story, Mortal(story, "parameter"));
    generator.next();
    co_yield Sleep{1h};
}

TEST_CASE("a generator goes with the task that drives it", "[generator]") {
    Machine machine;
    Story story;
    const Tid driver = machine.kernel().spawn(drive_for_ever(story));
    machine.run(kill(driver));
    CHECK(story == Story{"local gone", "parameter gone"});
}

}  // namespace
}  // namespace yos
