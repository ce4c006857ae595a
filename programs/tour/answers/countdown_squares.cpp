#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

namespace yos {
namespace {

Generator<int> countdown(int n) {
    for (; n > 0; --n) {
        co_yield n;
    }
}

Generator<int> squares(Generator<int> numbers) {
    for (const int number : numbers) {
        const int square = number * number;
        co_yield square;
    }
}

Coroutine<int> countdown_squares(Invocation invocation) {
    Number n{.value = 0, .least = 0, .most = 40'000};
    Options options(invocation);
    options.required("N", n, "where to begin");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    for (const int square : squares(countdown(static_cast<int>(n.value)))) {
        co_await print(invocation.out, "{}\n", square);
    }
    co_return 0;
}

const Program program("countdown-squares", "print the squares from N down", countdown_squares);

}  // namespace
}  // namespace yos
