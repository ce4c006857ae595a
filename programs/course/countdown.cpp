#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/sleep.h"

#include <chrono>

namespace yos {
namespace {

Coroutine<int> countdown(Invocation invocation) {
    Number from{.value = 0, .least = 0, .most = 1'000'000'000};
    Number every{.value = 0, .least = 0, .most = 86'400'000};
    Options options(invocation);
    options.required("N", from, "where to begin");
    options.option("--every", "MS", every, "milliseconds between two lines (0)");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    for (std::int64_t left = from.value; left > 0; --left) {
        co_await print(invocation.out, "{}\n", left);
        co_yield Sleep{std::chrono::milliseconds(every.value)};
    }
    co_return 0;
}

const Program program("countdown", "count down from N to 1, a line each", countdown);

}  // namespace
}  // namespace yos
