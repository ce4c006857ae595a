#pragma once

// Tasks without a kernel: a kernel that only writes down what it is asked.

#include "tasks/coroutine.h"
#include "tasks/task.h"
#include "tasks/upcalls.h"

#include <memory>
#include <string>
#include <vector>

namespace yos {

class FakeKernel final : public Upcalls {
public:
    void wake(Task& task) noexcept override { note("wake", task); }
    void complete(Task& task) noexcept override { note("complete", task); }
    void fail(Task& task, std::errc why) noexcept override {
        note("fail", task);
        last_failure = why;
    }
    void interrupt(Task& task) noexcept override { note("interrupt", task); }
    void outside_waiters(int change) noexcept override { outside += change; }

    /// Gives the events so far, as in `wake 2`, and forgets them.
    std::vector<std::string> take_events() { return std::exchange(events_, {}); }

    std::errc last_failure{};
    int outside = 0;

private:
    void note(const char* what, const Task& task) {
        events_.push_back(what + (" " + std::to_string(task.tid())));
    }

    std::vector<std::string> events_;
};

/// A task that would end at once, if somebody ran it.
inline std::unique_ptr<Task> make_bare_task(Upcalls& upcalls, Tid tid) {
    const auto end = []() -> Coroutine<> { co_return; };
    return std::make_unique<Task>(
        upcalls, Task::Identity{.tid = tid, .parent = kernel_tid, .job = tid}, end());
}

}  // namespace yos
