// The first generator that everybody writes: Python's range. Nothing is computed before it is asked
// for, so `range 0 1000000000 | head -3` is done at once.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

namespace yos {
namespace {

Generator<std::int64_t> range(std::int64_t first, std::int64_t end, std::int64_t step) {
    for (std::int64_t number = first; number < end; number += step) {
        co_yield number;
    }
}

Coroutine<int> print_range(Invocation invocation) {
    Number first{.value = 0, .least = -1'000'000'000'000, .most = 1'000'000'000'000};
    Number end = first;
    Number step{.value = 1, .least = 1, .most = 1'000'000'000'000};
    Options options(invocation);
    options.required("FIRST", first, "the first number");
    options.required("END", end, "where to stop: all are less than this");
    options.optional("STEP", step, "from one to the next (1)");
    options.example("range 0 10 3");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    for (const std::int64_t number : range(first.value, end.value, step.value)) {
        co_await print(invocation.out, "{}\n", number);
    }
    co_return 0;
}

const Program program("range", "print numbers that a generator makes", print_range);

}  // namespace
}  // namespace yos
