// Jobs: tasks that are cancelled, stopped and continued together, as by Ctrl-C and Ctrl-Z.

#include "kernel/kernel.h"

namespace yos {

void Kernel::cancel_job(Tid job, const std::string& why) {
    tasks_.for_each([&](Task& task) {
        if (task.job() == job && !task.is_kernel() && task.state() != Task::State::zombie) {
            cancel(task, kernel_tid, why);
        }
    });
}

std::size_t Kernel::stop_job(Tid job) {
    std::size_t stopped = 0;
    tasks_.for_each([&](Task& task) {
        if (task.job() == job && !task.is_kernel() && task.state() != Task::State::zombie) {
            task.stopped = true;
            ++stopped;
        }
    });
    stop_waiters_.notify_all();
    return stopped;
}

std::size_t Kernel::continue_job(Tid job) {
    std::size_t continued = 0;
    tasks_.for_each([&](Task& task) {
        if (task.job() == job && task.stopped && task.state() != Task::State::zombie) {
            task.stopped = false;
            ++continued;
            if (task.held_back) {
                task.held_back = false;
                ready_.push(task);
            }
        }
    });
    return continued;
}

bool Kernel::is_stopped(Tid job) const {
    bool stopped = false;
    tasks_.for_each([&](const Task& task) {
        stopped =
            stopped || (task.job() == job && task.stopped && task.state() != Task::State::zombie);
    });
    return stopped;
}

}  // namespace yos
