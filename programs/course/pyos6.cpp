// Step 6: waiting for a task. Its handler does not put the task back into the queue: the exit of
// the other one does. That is all there is to blocking.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/yield.h"
#include "tasks/generator.h"

#include <any>
#include <deque>
#include <map>
#include <vector>

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
        for (Task* const waiter : exit_waiting_[task.tid]) {
            schedule(*waiter);
        }
        exit_waiting_.erase(task.tid);
        tasks_.erase(task.tid);
    }

    /// False when there is no such task.
    bool wait_for_exit(Task& task, int tid) {
        if (!tasks_.contains(tid)) {
            return false;
        }
        exit_waiting_[tid].push_back(&task);
        return true;
    }

    /// Null when there is none.
    Task* find(int tid) {
        const auto found = tasks_.find(tid);
        return found != tasks_.end() ? &found->second : nullptr;
    }

    void schedule(Task& task) { ready_.push_back(&task); }

    Coroutine<> mainloop(Fd to) {
        while (!ready_.empty()) {
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
    std::map<int, std::vector<Task*>> exit_waiting_;
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

/// Evaluates to true when that one has ended, to false, at once, when there is no such task.
class WaitTask : public SystemCall {
public:
    explicit WaitTask(int tid) : tid_(tid) {}

    void handle(Task& task, Scheduler& scheduler) override {
        const bool waits = scheduler.wait_for_exit(task, tid_);
        task.sendval = waits;
        if (!waits) {
            scheduler.schedule(task);
        }
    }

private:
    int tid_;
};

Target foo(std::string& out) {
    for (int i = 0; i < 5; ++i) {
        out += "I'm foo\n";
        co_yield Yield{};
    }
}

Target main(std::string& out) {
    const int child = std::any_cast<int>(co_yield NewTask{foo(out)});
    out += "Waiting for child\n";
    co_yield WaitTask{child};
    out += "Child done\n";
}

}  // namespace pyos

Coroutine<int> pyos6(Invocation invocation) {
    Options options(invocation);
    options.example("pyos6");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string out;
    pyos::Scheduler scheduler(out);
    scheduler.create(pyos::main(out));
    co_await scheduler.mainloop(invocation.out);
    co_return 0;
}

const Program program("pyos6", "an operating system, step 6: waiting for tasks", pyos6);

}  // namespace
}  // namespace yos
