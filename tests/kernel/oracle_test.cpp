#include "kernel/oracle.h"

#include "tests/lib/catch.h"

#include <array>
#include <vector>

namespace yos {
namespace {

std::vector<std::size_t> answers(std::optional<std::uint64_t> seed) {
    Oracle oracle(seed);
    std::vector<std::size_t> given;
    for (std::size_t n = 1; n <= 100; ++n) {
        given.push_back(oracle.choose(n % 2 == 0 ? Choice::next_task : Choice::poll_order, n));
    }
    return given;
}

TEST_CASE("without a seed the oracle chooses the first", "[kernel]") {
    CHECK(!Oracle(std::nullopt).seeded());
    CHECK(answers(std::nullopt) == std::vector<std::size_t>(100, 0));
}

TEST_CASE("the same seed gives the same answers, another seed others", "[kernel]") {
    CHECK(Oracle(7).seeded());
    CHECK(answers(7) == answers(7));
    CHECK(answers(7) != answers(8));
    CHECK(answers(0) != answers(std::nullopt));
}

TEST_CASE("the oracle answers with one of the possibilities, and with each in time", "[kernel]") {
    Oracle oracle(1);
    for (std::size_t n = 1; n <= 20; ++n) {
        std::array<int, 20> given{};
        for (int i = 0; i < 2000; ++i) {
            const std::size_t answer = oracle.choose(Choice::next_task, n);
            REQUIRE(answer < n);
            ++given[answer];
        }
        for (std::size_t answer = 0; answer < n; ++answer) {
            CHECK(given[answer] > 0);
        }
    }
}

TEST_CASE("where there is no choice, the oracle spends no randomness", "[kernel]") {
    Oracle asked(3);
    Oracle not_asked(3);
    CHECK(asked.choose(Choice::next_task, 1) == 0);
    CHECK(asked.random() == not_asked.random());
}

TEST_CASE("random bits follow from the seed, alike on every host", "[kernel]") {
    Oracle oracle(5489);  // the standard gives the 10,000th number for this one
    std::uint64_t last = 0;
    for (int i = 0; i < 10'000; ++i) {
        last = oracle.random();
    }
    CHECK(last == 9'981'545'732'273'789'042ULL);
}

TEST_CASE("random bits without a seed are other ones each time", "[kernel]") {
    CHECK(Oracle(std::nullopt).random() != Oracle(std::nullopt).random());
}

}  // namespace
}  // namespace yos
