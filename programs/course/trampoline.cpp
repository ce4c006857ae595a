// How a generator calls another one without a kernel, in 30 lines: it yields the call, and the
// trampoline runs what it is given, and sends the result back. pyos8 keeps its callers on a stack
// like this one; so does every task of yos.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

#include <vector>

namespace yos {
namespace {

class Call;
using Value = std::optional<std::int64_t>;
using Subroutine = Generator<Call, Value, std::int64_t>;

class Call {
public:
    explicit Call(Subroutine callee);
    std::unique_ptr<Subroutine> callee;
};

Call::Call(Subroutine callee) : callee(std::make_unique<Subroutine>(std::move(callee))) {}

/// Runs a subroutine, and those that it calls: a call pushes, a return pops. No recursion.
std::int64_t run(Subroutine main) {
    std::vector<Subroutine> stack;
    stack.push_back(std::move(main));
    Value result;
    while (!stack.empty()) {
        try {
            Call call = stack.back().send(std::exchange(result, std::nullopt));
            stack.push_back(std::move(*call.callee));
        } catch (const StopIteration<std::int64_t>& returned) {
            result = returned.value();
            stack.pop_back();
        }
    }
    return *result;
}

Subroutine add(std::int64_t x, std::int64_t y) {
    co_return x + y;
}

/// The sum of 1 to n.
Subroutine sum_up_to(std::int64_t n) {
    if (n == 0) {
        co_return 0;
    }
    const Value sum = co_yield Call(sum_up_to(n - 1));
    const Value with_n = co_yield Call(add(*sum, n));
    co_return *with_n;
}

Coroutine<int> trampoline(Invocation invocation) {
    Number n{.value = 4, .least = 0, .most = 1'000'000};
    Options options(invocation);
    options.optional("N",
                     n,
                     "add the numbers from 1 to N, each in a subroutine that\n"
                     "the one before has called (4; at most 1000000, for\n"
                     "they are all in memory at once)");
    options.example("trampoline 1000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    co_await print(invocation.out, "{}\n", run(sum_up_to(n.value)));
    co_return 0;
}

const Program program("trampoline", "generators that call each other", trampoline);

}  // namespace
}  // namespace yos
