#include "limit.h"

#include "programs/lib/print.h"
#include "programs/lib/program.h"
#include "syscalls/new_task.h"
#include "syscalls/now.h"
#include "syscalls/wait_task.h"

#include <chrono>
#include <memory>
#include <vector>

namespace examples {
namespace {

using std::chrono::milliseconds;

Coroutine<> work(std::shared_ptr<Limit> limit, int number, Fd out) {
    co_yield Pace{*limit};
    const Time now = co_yield Now{};
    const auto at = std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count();
    co_await print(out, "job {} at {} ms\n", number, at);
}

/// Six jobs that are there at once: two in a row, then one every 100 ms.
Coroutine<int> run_jobs(Invocation invocation) {
    const auto limit = std::make_shared<Limit>(2, Duration(milliseconds(100)));
    std::vector<Tid> jobs;
    for (int number = 1; number <= 6; ++number) {
        const Tid job = co_yield NewTask{work(limit, number, invocation.out), "job"};
        jobs.push_back(job);
    }
    for (const Tid job : jobs) {
        co_yield WaitTask{job};
    }
    co_return 0;
}

const Program program("limit", "six jobs, and no more than one every 100 ms", run_jobs);

}  // namespace
}  // namespace examples
