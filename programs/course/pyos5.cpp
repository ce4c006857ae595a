// Step 5: tasks that start others, and kill them. Two more system calls, and nothing else changes.

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

    /// Null when there is none.
    Task* find(int tid) {
        const auto found = tasks_.find(tid);
        return found != tasks_.end() ? &found->second : nullptr;
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

/// The child is ready before its parent is.
class NewTask : public SystemCall {
public:
    explicit NewTask(Target target) : target_(std::move(target)) {}

    void handle(Task& task, Scheduler& scheduler) override {
        task.sendval = scheduler.create(std::move(target_));
        scheduler.schedule(task);
    }

private:
    Target target_;
};

/// Evaluates to false when there is no such task.
class KillTask : public SystemCall {
public:
    explicit KillTask(int tid) : tid_(tid) {}

    void handle(Task& task, Scheduler& scheduler) override {
        Task* const victim = scheduler.find(tid_);
        if (victim != nullptr) {
            victim->target.close();  // when its turn comes, it has ended
        }
        task.sendval = victim != nullptr;
        scheduler.schedule(task);
    }

private:
    int tid_;
};

Target foo(std::string& out) {
    const int me = std::any_cast<int>(co_yield GetTid{});
    for (;;) {
        out += fmt::format("I'm foo {}\n", me);
        co_yield Yield{};
    }
}

Target main(std::string& out) {
    const int child = std::any_cast<int>(co_yield NewTask{foo(out)});
    for (int i = 0; i < 5; ++i) {
        co_yield Yield{};
    }
    co_yield KillTask{child};
    out += "main done\n";
}

}  // namespace pyos

Coroutine<int> pyos5(Invocation invocation) {
    Options options(invocation);
    options.example("pyos5");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string out;
    pyos::Scheduler scheduler(out);
    scheduler.create(pyos::main(out));
    co_await scheduler.mainloop(invocation.out);
    co_return 0;
}

const Program program("pyos5",
                      "an operating system, step 5: tasks that start and kill others",
                      pyos5);

}  // namespace
}  // namespace yos
