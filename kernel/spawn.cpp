// How tasks come: from outside, or as children of others.

#include "kernel/kernel.h"

#include <string>
#include <system_error>
#include <utility>

namespace yos {

Task& Kernel::start(const Task::Identity& identity, Main&& main, std::string&& name) {
    if (main.empty() || user_tasks_ >= max_tasks_) [[unlikely]] {
        refuse_to_start(main);
    }
    tasks_.make_room();
    Task& task = *new Task(*this, identity, std::move(main), std::move(name));
    tasks_.insert(task);
    mistakes_.task_started(task);
    ++user_tasks_;
    ready_.push(task);
    tell(&Observer::spawned, task);
    return task;
}

Task& Kernel::start_child(Task& parent, Tid job, Main&& main, SpawnOptions&& options) {
    Task& child = start({.tid = tasks_.next_tid(),
                         .parent = parent.tid(),
                         .job = job,
                         .joinable = options.joinable},
                        std::move(main),
                        std::move(options.name));
    child.inherit_directory(parent);
    return child;
}

Tid Kernel::spawn(Main main, SpawnOptions options) {
    const Tid tid = tasks_.next_tid();
    start({.tid = tid, .parent = kernel_tid, .job = tid, .joinable = options.joinable},
          std::move(main),
          std::move(options.name));
    return tid;
}

Tid Kernel::spawn_child(Task& parent, Main&& main, SpawnOptions&& options) {
    if (options.job != SpawnOptions::Job::of_parent) [[unlikely]] {
        return spawn_into_job(parent, std::move(main), std::move(options));
    }
    return start_child(parent, parent.job(), std::move(main), std::move(options)).tid();
}

Tid Kernel::spawn_into_job(Task& parent, Main&& main, SpawnOptions&& options) {
    const bool leads = options.job == SpawnOptions::Job::of_its_own;
    const Tid job = leads ? tasks_.next_tid() : options.leader;
    Task& child = start_child(parent, job, std::move(main), std::move(options));
    jobs_.begin(job, parent.job());
    jobs_.join(child);
    return child.tid();
}

void Kernel::refuse_to_start(const Main& main) const {
    if (main.empty()) {
        throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                                "a task needs a coroutine that was not awaited or moved away");
    }
    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                            "all " + std::to_string(max_tasks_) + " tasks are in use");
}

/// It is in no queue: the dispatch loop knows it, and when to run it.
void Kernel::start_io_task() {
    tasks_.make_room();
    io_task_ = new Task(
        *this,
        {.tid = kernel_tid, .parent = kernel_tid, .job = kernel_tid, .kind = Task::Kind::kernel},
        io_task(*this),
        "io");
    tasks_.insert(*io_task_);
    mistakes_.task_started(*io_task_);
    const CallStack::Runner runner;
    io_task_->make_current();
    io_task_->run();  // to its first trap: it waits for its turn
    io_task_->set_state(Task::State::blocked);
}

}  // namespace yos
