// Step 1 to an operating system: a task. It is a generator with a number, and a value to be sent
// when it runs next. What is printed here and in the steps that follow is gathered in `out`, for a
// generator does not trap.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

#include <any>

namespace yos {
namespace {
namespace pyos {

using Target = Generator<void, std::any>;

class Task {
public:
    Task(int tid, Target target) : tid(tid), target(std::move(target)) {}

    /// Runs until the next co_yield. Throws StopIteration when there is none.
    void run() { target.send(std::exchange(sendval, {})); }

    int tid;
    Target target;
    std::any sendval;  // what the co_yield will evaluate to
};

Target foo(std::string& out) {
    out += "Part 1\n";
    co_yield nothing;
    out += "Part 2\n";
    co_yield nothing;
}

}  // namespace pyos

Coroutine<int> pyos1(Invocation invocation) {
    Options options(invocation);
    options.example("pyos1");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string out;
    pyos::Task task(1, pyos::foo(out));
    out += "Running foo()\n";
    task.run();
    out += "Resuming foo()\n";
    task.run();
    co_await write_all(invocation.out, std::move(out));
    co_return 0;
}

const Program program("pyos1", "an operating system, step 1: a task", pyos1);

}  // namespace
}  // namespace yos
