// How tasks come: from outside, or as children of others.

#include "kernel/kernel.h"

#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace yos {

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

Task& Kernel::start(const Task::Identity& identity, Main&& main, std::string&& name) {
    if (main.empty()) {
        throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                                "a task needs a coroutine that was not awaited or moved away");
    }
    const bool is_kernel = identity.kind == Task::Kind::kernel;
    if (!is_kernel && user_tasks_ >= max_tasks_) {
        throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                                "all " + std::to_string(max_tasks_) + " tasks are in use");
    }
    auto task = std::make_unique<Task>(*this, identity, std::move(main), std::move(name));
    tasks_.insert(*task);
    mistakes_.task_started(*task);
    Task& started = *task.release();
    if (!is_kernel) {
        ++user_tasks_;
        ready_.push(started);
    }
    tell(&Observer::spawned, started);
    return started;
}

}  // namespace yos
