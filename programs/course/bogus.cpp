// Why a generator should either make values or take them. This one does both: it counts down, and
// may be sent a number to go on from. It looks right, and loses values: send() runs to the next
// co_yield as well, and what that yields, the loop never sees.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

namespace yos {
namespace {

Generator<int, std::optional<int>> countdown(int n) {
    while (n >= 0) {
        const std::optional<int> sent = co_yield n;
        n = sent.value_or(n - 1);
    }
}

Coroutine<int> bogus(Invocation invocation) {
    Options options(invocation);
    options.example("bogus");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    co_await print(invocation.out, "counting down from 5, and on from 3:\n");
    auto numbers = countdown(5);
    for (const int n : numbers) {
        co_await print(invocation.out, "{}\n", n);
        if (n == 5) {
            numbers.send(3);  // gives 3
        }
    }
    co_await print(invocation.out, "where is the 3? send() had it\n");
    co_return 0;
}

const Program program("bogus", "show why not to mix values that come and go", bogus);

}  // namespace
}  // namespace yos
