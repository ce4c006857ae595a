#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/task_group.h"

namespace yos {

/// Starts a coroutine as a task of its own, a child of the caller. The child is queued at once. Its
/// exit status is dropped when nobody waits for it at that time, unless it is joinable(). Never
/// blocks. EAGAIN: no task is left to be had, and the coroutine is destroyed. EINVAL: the coroutine
/// was awaited or moved away before. ECANCELED: its group is being cancelled. (pyos5)
class NewTask : public SystemCall<Tid> {
public:
    explicit NewTask(Main main) : main_(std::move(main)) {}
    explicit NewTask(Main main, std::string name) : main_(std::move(main)) {
        options_.name = std::move(name);
    }

    /// Its exit status is kept until its parent has waited for it, or has ended.
    NewTask&& joinable() && {
        options_.joinable = true;
        return std::move(*this);
    }

    /// It and its descendants are a job of their own, for Ctrl-C to end.
    NewTask&& leads_job() && {
        options_.job = SpawnOptions::Job::of_its_own;
        return std::move(*this);
    }

    /// It belongs to the job that a task of this tid leads, or led, and not to the caller's.
    NewTask&& joins_job(Tid leader) && {
        options_.job = SpawnOptions::Job::of_leader;
        options_.leader = leader;
        return std::move(*this);
    }

    /// It belongs to a group: see join. ECANCELED when the group is being cancelled.
    NewTask&& in(TaskGroup& group) && {
        group_ = &group;
        return std::move(*this);
    }

    Outcome handle(Kernel& kernel, Task& self) override {
        if (group_ != nullptr && group_->cancelled()) {
            return fail(std::errc::operation_canceled);
        }
        const Tid child = kernel.spawn_child(self, std::move(main_), std::move(options_));
        if (group_ != nullptr) {
            group_->add(kernel, self, *kernel.tasks().find(child));
        }
        return complete(child);
    }

    void print_arguments(std::ostream& out) const override { print_value(out, options_.name); }

private:
    Main main_;
    SpawnOptions options_;
    TaskGroup* group_ = nullptr;
};

}  // namespace yos
