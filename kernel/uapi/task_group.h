#pragma once

// Tasks that belong to a scope (trio's nursery, curio's TaskGroup): none of them outlives it. They
// are started with NewTask{...}.in(group); the scope ends with `co_await join(group)`. When one
// fails, the others are cancelled. When the scope is left without join, because its task fails or
// is killed, those that are left are killed there and then: so they may refer to its variables.

#include "tasks/recycler.h"
#include "tasks/ring_link.h"
#include "tasks/task.h"
#include "tasks/wait_queue.h"

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace yos {

class Kernel;
class TaskGroup;

/// The place of a task in its group.
class GroupMember final : public RingLink, public Recycled {
public:
    GroupMember(Task& task, TaskGroup& group) : task(task), group(group) {}

    Task& task;
    TaskGroup& group;
};

class TaskGroup {
public:
    /// A task fails when an exception leaves it, or when it is killed or cancelled and its group is
    /// not. Does that concern the others? Those of a server's clients it does not.
    enum class Failure : bool { cancels_all, concerns_one };

    explicit TaskGroup(Failure failure = Failure::cancels_all) : failure_(failure) {}
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    ~TaskGroup();

    /// Tasks that are still alive.
    std::size_t size() const { return size_; }

    /// One has failed, or CancelGroup was called: it takes no more tasks.
    bool cancelled() const { return cancelled_; }

    /// What left those that failed, the first one first; only with Failure::cancels_all.
    const std::vector<std::exception_ptr>& failures() const { return failures_; }

    // ---- For the kernel and its calls ----

    /// The first who adds one is its owner, in whose frames the group has to be.
    void add(Kernel& kernel, const Task& by, Task& task);
    /// Cancels all members, and takes no more.
    void cancel(Tid by, const std::string& why);
    Tid owner() const { return owner_; }

    /// A member has ended; by an exception, unless that is null.
    void remove(GroupMember& member, std::exception_ptr failure);

    WaitQueue waiters{};

private:
    const Failure failure_;
    Kernel* kernel_ = nullptr;
    Tid owner_ = kernel_tid;
    RingLink members_;
    std::size_t size_ = 0;
    bool cancelled_ = false;
    std::vector<std::exception_ptr> failures_;
};

}  // namespace yos
