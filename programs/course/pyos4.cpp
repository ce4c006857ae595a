// Step 4: system calls. A task asks for a service by yielding an object; the scheduler tells it
// who asks, and lets it handle that: it may leave an answer, and puts the task back into the queue,
// or not. A task knows nothing of the scheduler, as a process knows nothing of the kernel's tables.

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

class Task;
class Scheduler;

/// What a task yields.
class SystemCall {
public:
    virtual ~SystemCall() = default;
    virtual void handle(Task& task, Scheduler& scheduler) = 0;
};

using Target = Generator<SystemCall&&, std::any>;

class Task {
public:
    Task(int tid, Target target) : tid(tid), target(std::move(target)) {}

    SystemCall& run() {
        SystemCall&& call = target.send(std::exchange(sendval, {}));
        return call;
    }

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
                task.run().handle(task, *this);
            } catch (const StopIteration<>&) {
                exit(task);
            }
            co_await write_all(to, std::exchange(out_, {}));
            co_yield yos::Yield{};
        }
    }

private:
    std::string& out_;
    std::deque<Task*> ready_;
    std::map<int, Task> tasks_;
    int last_tid_ = 0;
};

/// The bare yield.
class Yield : public SystemCall {
    void handle(Task& task, Scheduler& scheduler) override { scheduler.schedule(task); }
};

class GetTid : public SystemCall {
    void handle(Task& task, Scheduler& scheduler) override {
        task.sendval = task.tid;
        scheduler.schedule(task);
    }
};

Target foo(std::string& out) {
    const int me = std::any_cast<int>(co_yield GetTid{});
    for (int i = 0; i < 5; ++i) {
        out += fmt::format("I'm foo {}\n", me);
        co_yield Yield{};
    }
}

Target bar(std::string& out) {
    const int me = std::any_cast<int>(co_yield GetTid{});
    for (int i = 0; i < 10; ++i) {
        out += fmt::format("I'm bar {}\n", me);
        co_yield Yield{};
    }
}

}  // namespace pyos

Coroutine<int> pyos4(Invocation invocation) {
    Options options(invocation);
    options.example("pyos4");
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

const Program program("pyos4", "an operating system, step 4: system calls", pyos4);

}  // namespace
}  // namespace yos
