// The same two sleepers one after another, and at once: what gather is for.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/gather.h"
#include "syscalls/now.h"
#include "syscalls/sleep.h"

#include <chrono>

namespace yos {
namespace {

Coroutine<> sleeper(Fd out, int seconds) {
    co_await print(out, "will sleep {}\n", seconds);
    co_yield Sleep{std::chrono::seconds(seconds)};
    co_await print(out, "slept {}\n", seconds);
}

Coroutine<> one_after_another(Fd out) {
    co_await sleeper(out, 1);
    co_await sleeper(out, 2);
}

Coroutine<> at_once(Fd out) {
    co_await gather(sleeper(out, 1), sleeper(out, 2));
}

/// Runs it, and says how long that took.
Coroutine<> measure(Fd out, std::string title, Coroutine<> sleepers) {
    co_await print(out, "{}:\n", title);
    const Time begin = co_yield Now{};
    co_await std::move(sleepers);
    const Time end = co_yield Now{};
    const auto took = std::chrono::duration_cast<std::chrono::seconds>(end - begin);
    co_await print(out, "took {} s\n", took.count());
}

Coroutine<int> sleepers(Invocation invocation) {
    Options options(invocation);
    options.example("sleepers");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Fd out = invocation.out;
    co_await measure(out, "one after another", one_after_another(out));
    co_await measure(out, "at once", at_once(out));
    co_return 0;
}

const Program program("sleepers", "two sleepers, one after another and then at once", sleepers);

}  // namespace
}  // namespace yos
