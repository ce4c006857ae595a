#include "kernel/time/deadline.h"

#include "tasks/contract.h"
#include "tasks/interruption.h"
#include "tasks/upcalls.h"

namespace yos {

Deadline::~Deadline() {
    if (task_ != nullptr) {
        task_->set_deadlines(outer_);
    }
}

void Deadline::set(Timers& timers, Task& task, Time when) {
    check_contract(task_ == nullptr, "Deadline::set: it is set already: make another one");
    task_ = &task;
    outer_ = task.deadlines();
    task.set_deadlines(this);
    timers.set(*this, when);
}

void Deadline::expire() {
    stage_ = Stage::due;
    task_->let_interruption_wait(true);
    task_->upcalls().interrupt(*task_);
}

std::exception_ptr Deadline::deliver() {
    stage_ = Stage::delivered;
    return std::make_exception_ptr(DeadlineExpired(*this));
}

Deadline* Deadline::outermost_due(const Task& task) {
    Deadline* found = nullptr;
    for (Deadline* deadline = task.deadlines(); deadline != nullptr; deadline = deadline->outer_) {
        if (deadline->stage_ == Stage::due) {
            found = deadline;
        }
    }
    return found;
}

}  // namespace yos
