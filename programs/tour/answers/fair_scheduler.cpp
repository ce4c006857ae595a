#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

#include <algorithm>
#include <vector>

namespace yos {
namespace {

using Task = Generator<std::string>;

class Scheduler {
public:
    /// `stride`: how far the task moves back with each turn; 1 is very important.
    void add(Task task, int stride) { ready_.push_back({std::move(task), stride, stride}); }

    std::string run() {
        std::string said;
        while (!ready_.empty()) {
            const auto next = std::min_element(
                ready_.begin(), ready_.end(), [](const Entry& one, const Entry& other) {
                    return one.pass < other.pass;
                });
            try {
                said += next->task.next();
                next->pass += next->stride;
            } catch (const StopIteration<>&) {
                ready_.erase(next);
            }
        }
        return said;
    }

private:
    struct Entry {
        Task task;
        int stride;
        int pass;  // who has the smallest runs next
    };

    std::vector<Entry> ready_;
};

Task countdown(std::string name, int n) {
    for (; n > 0; --n) {
        co_yield fmt::format("{} {}\n", name, n);
    }
}

Coroutine<int> run_fair_scheduler(Invocation invocation) {
    Options options(invocation);
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Scheduler scheduler;
    scheduler.add(countdown("ann", 4), 1);
    scheduler.add(countdown("ben", 2), 3);
    co_await write_all(invocation.out, scheduler.run());
    co_return 0;
}

const Program program("fair-scheduler", "who is important runs more often", run_fair_scheduler);

}  // namespace
}  // namespace yos
