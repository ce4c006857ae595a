// A scheduler in 20 lines. Tasks are generators, which say something and yield; those that are
// ready stand in a queue. The first one runs to its next co_yield and goes to the end, until all
// have returned. Everything else in this tree is what people want on top of that.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

#include <deque>

namespace yos {
namespace {

using Task = Generator<std::string>;

class Scheduler {
public:
    void add(Task task) { ready_.push_back(std::move(task)); }

    /// Runs them all to their ends; evaluates to what they said.
    std::string run() {
        std::string said;
        while (!ready_.empty()) {
            Task task = std::move(ready_.front());
            ready_.pop_front();
            try {
                said += task.next();
                add(std::move(task));
            } catch (const StopIteration<>&) {  // it has returned
            }
        }
        return said;
    }

private:
    std::deque<Task> ready_;
};

Task countdown(std::string name, int n) {
    for (; n > 0; --n) {
        co_yield fmt::format("{} {}\n", name, n);
    }
}

Coroutine<int> run_scheduler(Invocation invocation) {
    Options options(invocation);
    options.example("scheduler");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Scheduler scheduler;
    scheduler.add(countdown("ann", 4));
    scheduler.add(countdown("ben", 2));
    scheduler.add(countdown("cy", 3));
    co_await write_all(invocation.out, scheduler.run());
    co_return 0;
}

const Program program("scheduler", "a scheduler in 20 lines, and three tasks", run_scheduler);

}  // namespace
}  // namespace yos
