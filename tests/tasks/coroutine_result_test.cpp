// What a Coroutine<T> can evaluate to.

#include "tests/lib/call.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace yos {
namespace {

template <class T>
Coroutine<T> give(T value) {
    co_return std::move(value);
}

template <class T>
Coroutine<T> give_by_way_of(T value) {
    co_return co_await give(std::move(value));
}

Coroutine<std::string&> refer_to(std::string& text) {
    co_return text;
}

Coroutine<> append(std::string& text) {
    std::string& found = co_await refer_to(text);
    found += '!';
}

Coroutine<> nothing() {
    co_return;
}

Coroutine<int> after_nothing() {
    co_await nothing();
    co_return 7;
}

/// Can be built from an int alone.
struct Parsed {
    explicit Parsed(int value) : value(value) {}
    int value;
};

Coroutine<std::string> convert() {
    co_return "from a literal";
}

/// Counts how often it was copied and moved.
struct Traveller {
    Traveller() = default;
    Traveller(const Traveller& other) : copies(other.copies + 1), moves(other.moves) {}
    Traveller(Traveller&& other) noexcept : copies(other.copies), moves(other.moves + 1) {}
    Traveller& operator=(const Traveller&) = delete;
    Traveller& operator=(Traveller&&) = delete;
    ~Traveller() = default;

    int copies = 0;
    int moves = 0;
};

Coroutine<Traveller> travel() {
    Traveller traveller;
    co_return traveller;
}

/// Throws when it is moved for the nth time.
class Fragile {
public:
    explicit Fragile(int moves_left) : moves_left_(moves_left) {}
    Fragile(Fragile&& other) : moves_left_(other.moves_left_ - 1) {
        if (moves_left_ < 0) {
            throw std::runtime_error("broken on the way");
        }
    }
    Fragile& operator=(Fragile&&) = delete;
    ~Fragile() = default;

    int moves_left() const { return moves_left_; }

private:
    int moves_left_;
};

Coroutine<Fragile> give_fragile(int moves_left) {
    co_return Fragile(moves_left);
}

Coroutine<std::string> carry_fragile(int moves_left) {
    std::string what = "arrived";
    try {
        const Fragile carried = co_await give_fragile(moves_left);
        what += " with " + std::to_string(carried.moves_left());
    } catch (const std::runtime_error& error) {
        what = error.what();
    }
    co_return what;
}

Coroutine<int> pass_through_levels(int level) {
    if (level == 0) {
        co_return 0;
    }
    const int below = co_await pass_through_levels(level - 1);
    co_yield Pause{};
    co_return below + level;
}

TEST_CASE("a Coroutine evaluates to its value", "[tasks]") {
    CHECK(call(give(42)) == 42);
    CHECK(call(give(std::string("text"))) == "text");
    CHECK(call(give_by_way_of(std::vector{1, 2, 3})) == std::vector{1, 2, 3});
}

TEST_CASE("a Coroutine's value may be move-only", "[tasks]") {
    const auto value = call(give_by_way_of(std::make_unique<int>(5)));
    REQUIRE(value);
    CHECK(*value == 5);
}

TEST_CASE("a Coroutine evaluates to the very object it refers to", "[tasks]") {
    std::string text = "hello";
    STATIC_REQUIRE(std::is_same_v<decltype(call(refer_to(text))), std::string&>);
    CHECK(&call(refer_to(text)) == &text);
    call(append(text));
    CHECK(text == "hello!");
}

TEST_CASE("a Coroutine may evaluate to nothing", "[tasks]") {
    STATIC_REQUIRE(std::is_void_v<decltype(call(nothing()))>);
    CHECK(call(after_nothing()) == 7);
}

TEST_CASE("a Coroutine's value need not be default-constructible", "[tasks]") {
    CHECK(call(give_by_way_of(Parsed(3))).value == 3);
}

TEST_CASE("co_return converts to the Coroutine's type", "[tasks]") {
    CHECK(call(convert()) == "from a literal");
}

TEST_CASE("a returned local is moved, never copied", "[tasks]") {
    const Traveller arrived = call(travel());
    CHECK(arrived.copies == 0);
    CHECK(arrived.moves > 0);
}

TEST_CASE("a value whose move throws is an exception in the caller", "[tasks]") {
    const long before = Recycler::live();
    CHECK(call(carry_fragile(0)) == "broken on the way");  // into the slot
    CHECK(call(carry_fragile(1)) == "broken on the way");  // out of it
    CHECK(call(carry_fragile(2)) == "arrived with 0");
    CHECK(Recycler::live() == before);
}

TEST_CASE("values come back through many levels, with pauses in between", "[tasks]") {
    Running<int> running(pass_through_levels(10));
    int pauses = 0;
    while (running.step()) {
        ++pauses;
    }
    CHECK(pauses == 10);
    CHECK(running.take() == 55);
}

}  // namespace
}  // namespace yos
