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
using Subroutine = Generator<Call, std::optional<int>, int>;

class Call {
public:
    explicit Call(Subroutine callee);
    std::unique_ptr<Subroutine> callee;
};

Call::Call(Subroutine callee) : callee(std::make_unique<Subroutine>(std::move(callee))) {}

/// Runs a subroutine, and those that it calls: a call pushes, a return pops. No recursion.
int run(Subroutine main) {
    std::vector<Subroutine> stack;
    stack.push_back(std::move(main));
    std::optional<int> result;
    while (!stack.empty()) {
        try {
            Call call = stack.back().send(std::exchange(result, std::nullopt));
            stack.push_back(std::move(*call.callee));
        } catch (const StopIteration<int>& returned) {
            result = returned.value();
            stack.pop_back();
        }
    }
    return *result;
}

Subroutine add(int x, int y) {
    co_return x + y;
}

/// The sum of 1 to n.
Subroutine sum_up_to(int n) {
    if (n == 0) {
        co_return 0;
    }
    const std::optional<int> sum = co_yield Call(sum_up_to(n - 1));
    const std::optional<int> with_n = co_yield Call(add(*sum, n));
    co_return *with_n;
}

Coroutine<int> trampoline(Invocation invocation) {
    Number n{.value = 4, .least = 0, .most = 60'000};
    Options options(invocation);
    options.optional("N", n, "add the numbers from 1 to N, each in a subroutine (4)");
    options.example("trampoline 1000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    co_await print(invocation.out, "{}\n", run(sum_up_to(static_cast<int>(n.value))));
    co_return 0;
}

const Program program("trampoline", "generators that call each other", trampoline);

}  // namespace
}  // namespace yos
