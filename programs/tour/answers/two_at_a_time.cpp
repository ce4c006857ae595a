#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/acquire.h"
#include "syscalls/gather.h"
#include "syscalls/release.h"
#include "syscalls/sleep.h"

#include <chrono>
#include <memory>

namespace yos {
namespace {

Coroutine<> sleeper(Fd out, int seconds, std::shared_ptr<Semaphore> beds) {
    co_yield Acquire{*beds};
    co_yield Sleep{std::chrono::seconds(seconds)};
    co_yield Release{*beds};
    co_await print(out, "slept {}\n", seconds);
}

Coroutine<int> two_at_a_time(Invocation invocation) {
    Options options(invocation);
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Fd out = invocation.out;
    const auto beds = std::make_shared<Semaphore>(2);
    co_await gather(sleeper(out, 1, beds), sleeper(out, 2, beds), sleeper(out, 3, beds));
    co_return 0;
}

const Program program("two-at-a-time", "three sleepers who have two beds", two_at_a_time);

}  // namespace
}  // namespace yos
