// What observers cost when there are none: built into yos_bench, and once more with a kernel that
// cannot have any.

#include "kernel/kernel.h"
#include "syscalls/yield.h"
#include "tests/bench/measure.h"

namespace yos {
namespace {

Coroutine<> yield(long times) {
    for (long i = 0; i < times; ++i) {
        co_yield Yield{};
    }
}

void yields(benchmark::State& state) {
    constexpr long each = 1'000'000;
    const auto make = [] {
        Kernel::Options options;
        options.standard_streams = false;
        auto kernel = std::make_unique<Kernel>(options);
        kernel->spawn(yield(each));
        kernel->spawn(yield(each));
        return kernel;
    };
    bench::measure(state, 2 * each, make, [](Kernel& kernel) { kernel.run(); });
}
BENCHMARK(yields)->Name("observers");

}  // namespace
}  // namespace yos
