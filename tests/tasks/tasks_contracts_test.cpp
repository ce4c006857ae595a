// What the tasks/ floor requires of whoever uses it is checked, in Debug.

#include "tasks/generator.h"
#include "tests/lib/broken.h"
#include "tests/lib/call.h"

#include <optional>

namespace yos {
namespace {

using Catch::Matchers::ContainsSubstring;

Generator<int> one() {
    co_yield 1;
}

TEST_CASE("a generator that has ended has no further value, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    Generator<int> generator = one();
    Generator<int>::Iterator it = generator.begin();
    ++it;
    CHECK(said_to([&] { ++it; }) == "a generator that has ended was asked for one more value");
    CHECK(said_to([&] { static_cast<void>(*it); }) ==
          "a generator that is not at a co_yield has no value");
}

Generator<int> end_oneself(std::optional<Generator<int>>& self) {
    self.reset();
    co_yield 1;
}

TEST_CASE("a generator does not destroy itself, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    const std::string words = last_words_after([] {
        std::optional<Generator<int>> self;
        self.emplace(end_oneself(self));
        self->next();
    });
    CHECK_THAT(words, ContainsSubstring("a generator must not destroy itself"));
}

Coroutine<> nothing_to_do() {
    co_return;
}

TEST_CASE("a coroutine that was moved away is not used again, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    const std::string words = last_words_after([] {
        Coroutine<> coroutine = nothing_to_do();
        const Coroutine<> taken = std::move(coroutine);
        Running<void> running(std::move(coroutine));
    });
    CHECK_THAT(words,
               ContainsSubstring("a coroutine that was awaited or moved away is used again"));
}

TEST_CASE("a stack has a trap only after a run that ended with one, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    CHECK_THAT(last_words_after([] { CallStack().trap(); }), ContainsSubstring("there is no trap"));
    CHECK_THAT(last_words_after([] { CallStack().top(); }), ContainsSubstring("no frames"));
    CHECK_THAT(last_words_after([] { CallStack::running(); }),
               ContainsSubstring("no coroutine is running on this thread"));
}

}  // namespace
}  // namespace yos
