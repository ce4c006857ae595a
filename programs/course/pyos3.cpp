// Step 3: the end of a task. When its generator has returned, the scheduler drops it; in step 2 the
// StopIteration would have ended the whole system. foo ends, bar goes on for ever: try
// `pyos3 | head -30`.

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
    explicit Scheduler(std::string& out) : out_(out) {}

    int create(Target target) {
        const int tid = ++last_tid_;
        Task& task = tasks_.try_emplace(tid, tid, std::move(target)).first->second;
        schedule(task);
        return tid;
    }

    void exit(Task& task) {
        out_ += fmt::format("Task {} terminated\n", task.tid);
        tasks_.erase(task.tid);
    }

    void schedule(Task& task) { ready_.push_back(&task); }

    Coroutine<> mainloop(Fd to) {
        while (!tasks_.empty()) {
            Task& task = *ready_.front();
            ready_.pop_front();
            try {
                task.run();
                schedule(task);
            } catch (const StopIteration<>&) {
                exit(task);
            }
            co_await write_all(to, std::exchange(out_, {}));
            co_yield Yield{};
        }
    }

private:
    std::string& out_;
    std::deque<Task*> ready_;
    std::map<int, Task> tasks_;
    int last_tid_ = 0;
};

Target foo(std::string& out) {
    for (int i = 0; i < 10; ++i) {
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

Coroutine<int> pyos3(Invocation invocation) {
    Options options(invocation);
    options.example("pyos3 | head -30");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string out;
    pyos::Scheduler scheduler(out);
    scheduler.create(pyos::foo(out));
    scheduler.create(pyos::bar(out));
    co_await scheduler.mainloop(invocation.out);
    co_return 0;
}

const Program program("pyos3", "an operating system, step 3: tasks that end", pyos3);

}  // namespace
}  // namespace yos
