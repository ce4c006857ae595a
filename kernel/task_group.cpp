#include "kernel/uapi/task_group.h"

#include "kernel/kernel.h"

namespace yos {

/// The youngest first, as variables are destroyed.
TaskGroup::~TaskGroup() {
    cancelled_ = true;
    while (!members_.alone()) {
        kernel_->kill(static_cast<GroupMember&>(members_.previous()).task, owner_);
    }
}

void TaskGroup::add(Kernel& kernel, const Task& by, Task& task) {
    if (kernel_ == nullptr) {
        kernel_ = &kernel;
        owner_ = by.tid();
    }
    auto* const member = new GroupMember(task, *this);
    task.set_member(member);
    member->join_before(members_);
    ++size_;
}

void TaskGroup::cancel(Tid by, const std::string& why) {
    cancelled_ = true;
    for (RingLink* link = &members_.next(); link != &members_; link = &link->next()) {
        kernel_->cancel(static_cast<GroupMember*>(link)->task, by, why);
    }
}

void TaskGroup::remove(GroupMember& member, std::exception_ptr failure) {
    member.leave();
    --size_;
    if (failure != nullptr && failure_ == Failure::cancels_all) {
        failures_.push_back(std::move(failure));
        if (!cancelled_) {
            cancel(member.task.tid(), member.task.name() + " has failed");
        }
    }
    if (size_ == 0) {
        waiters.wake_in_turn();
    }
}

}  // namespace yos
