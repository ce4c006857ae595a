#include "syscalls/random.h"

#include "tests/lib/actors.h"

#include <algorithm>

namespace yos {
namespace {

Coroutine<> draw(std::vector<std::uint64_t>& numbers) {
    for (int i = 0; i < 8; ++i) {
        numbers.push_back(co_yield Random{});
    }
}

std::vector<std::uint64_t> drawn_on(Machine&& machine) {
    std::vector<std::uint64_t> numbers;
    machine.run(draw(numbers));
    return numbers;
}

std::vector<std::uint64_t> drawn_with(std::uint64_t seed) {
    return drawn_on(Machine(seed));
}

TEST_CASE("Random follows from the seed", "[syscalls]") {
    CHECK(drawn_with(7) == drawn_with(7));
    CHECK(drawn_with(7) != drawn_with(8));
}

TEST_CASE("Random without a seed differs from run to run, but not in a simulated world",
          "[syscalls]") {
    CHECK(drawn_on(HostMachine()) != drawn_on(HostMachine()));
    CHECK(drawn_on(Machine()) == drawn_on(Machine()));
}

TEST_CASE("Random does not repeat itself within a run", "[syscalls]") {
    std::vector<std::uint64_t> numbers = drawn_with(7);
    std::sort(numbers.begin(), numbers.end());
    CHECK(std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end());
}

}  // namespace
}  // namespace yos
