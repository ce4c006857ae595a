#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/sleep.h"

#include <chrono>

namespace yos {
namespace {

Coroutine<int> ticker(Invocation invocation) {
    Number count{.value = INT64_MAX, .least = 0};
    Number every{.value = 1000, .least = 0, .most = 86'400'000};
    Options options(invocation);
    options.optional("COUNT", count, "how many ticks; for ever when left out");
    options.option("--every", "MS", every, "milliseconds between two ticks (1000)");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    for (std::int64_t tick = 1; tick <= count.value; ++tick) {
        co_yield Sleep{std::chrono::milliseconds(every.value)};
        co_await print(invocation.out, "tick {}\n", tick);
    }
    co_return 0;
}

const Program program("ticker", "print a line every so often: shows that others still run", ticker);

}  // namespace
}  // namespace yos
