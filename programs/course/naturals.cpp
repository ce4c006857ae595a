// A generator need not end. The views of the standard library choose from all natural numbers what
// somebody wants to see, and only as many are made.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

#include <ranges>

namespace yos {
namespace {

Generator<std::int64_t> naturals() {
    for (std::int64_t number = 0;; ++number) {
        co_yield number;
    }
}

Coroutine<int> print_naturals(Invocation invocation) {
    Number count{.value = INT64_MAX};
    Number divisor{.value = 1, .least = 1};
    bool squared = false;
    Options options(invocation);
    options.optional("COUNT", count, "how many; for ever when left out");
    options.option("--multiples-of", "N", divisor, "only those that N divides");
    options.flag("--squared", squared, "the squares of them");
    options.example("naturals 5 --multiples-of 3 --squared");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const auto is_multiple = [&](std::int64_t number) { return number % divisor.value == 0; };
    const auto power = [&](std::int64_t number) { return squared ? number * number : number; };
    auto chosen = naturals() | std::views::filter(is_multiple) | std::views::transform(power) |
                  std::views::take(count.value);
    for (const std::int64_t number : chosen) {
        co_await print(invocation.out, "{}\n", number);
    }
    co_return 0;
}

const Program program("naturals", "print the natural numbers, or some of them", print_naturals);

}  // namespace
}  // namespace yos
