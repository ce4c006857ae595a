// Step 2: a scheduler. Tasks that are ready stand in a queue; the first runs to its next co_yield,
// and goes to the end. Both tasks here run for ever: try `pyos2 | head -4`.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/yield.h"
#include "tasks/generator.h"

#include <any>
#include <deque>
#include <map>

namespace yos {
namespace {
namespace pyos {

using Target = Generator<void, std::any>;

class Task {
public:
    Task(int tid, Target target) : tid(tid), target(std::move(target)) {}

    void run() { target.send(std::exchange(sendval, {})); }

    int tid;
    Target target;
    std::any sendval;
};

class Scheduler {
public:
    /// Starts a task; evaluates to its tid.
    int create(Target target) {
        const int tid = ++last_tid_;
        Task& task = tasks_.try_emplace(tid, tid, std::move(target)).first->second;
        schedule(task);
        return tid;
    }

    void schedule(Task& task) { ready_.push_back(&task); }

    /// Itself a task of yos's, which prints what its own tasks say, and lets others run.
    Coroutine<> mainloop(std::string& out, Fd to) {
        while (!tasks_.empty()) {
            Task& task = *ready_.front();
            ready_.pop_front();
            task.run();
            schedule(task);
            co_await write_all(to, std::exchange(out, {}));
            co_yield Yield{};
        }
    }

private:
    std::deque<Task*> ready_;
    std::map<int, Task> tasks_;
    int last_tid_ = 0;
};

Target foo(std::string& out) {
    for (;;) {
        out += "I'm foo\n";
        co_yield nothing;
    }
}

Target bar(std::string& out) {
    for (;;) {
        out += "I'm bar\n";
        co_yield nothing;
    }
}

}  // namespace pyos

Coroutine<int> pyos2(Invocation invocation) {
    Options options(invocation);
    options.example("pyos2 | head -4");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string out;
    pyos::Scheduler scheduler;
    scheduler.create(pyos::foo(out));
    scheduler.create(pyos::bar(out));
    co_await scheduler.mainloop(out, invocation.out);
    co_return 0;
}

const Program program("pyos2", "an operating system, step 2: a scheduler", pyos2);

}  // namespace
}  // namespace yos
