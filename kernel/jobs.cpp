#include "kernel/jobs.h"

#include "kernel/files/foreground.h"
#include "kernel/kernel.h"
#include "tasks/contract.h"

#include <algorithm>
#include <csignal>
#include <optional>
#include <utility>

namespace yos {

// ---- Which jobs there are ----

void Jobs::begin(Tid job, Tid above) {
    if (jobs_.size() >= to_forget_at_) {
        forget_ended();
    }
    if (!is_within(above, job)) {
        jobs_.try_emplace(job, Job{.above = above});
    }
}

/// Jobs whose tasks have all ended are not noticed one by one: that would cost every task
/// something. They go when there may be as many of them as of the living.
void Jobs::forget_ended() {
    std::map<Tid, Job> living;
    kernel_.tasks().for_each([&](const Task& task) {
        Tid job = task.job();
        for (auto found = jobs_.find(job); found != jobs_.end() && living.insert(*found).second;
             found = jobs_.find(job)) {
            job = found->second.above;
        }
    });
    jobs_ = std::move(living);
    to_forget_at_ = std::max<std::size_t>(64, 2 * jobs_.size());
}

Tid Jobs::above(Tid job) const {
    const auto found = jobs_.find(job);
    return found != jobs_.end() ? found->second.above : kernel_tid;
}

bool Jobs::is_within(Tid job, Tid outer) const {
    while (job != outer && job != kernel_tid) {
        job = above(job);
    }
    return job == outer;
}

/// Is the task of that job, or of one below it?
bool Jobs::contains(Tid job, const Task& task) const {
    return job != kernel_tid && !task.is_kernel() && is_within(task.job(), job);
}

template <class Visit>
void Jobs::for_each_in(Tid job, Visit&& visit) const {
    kernel_.tasks().for_each([&](Task& task) {
        if (task.state() != Task::State::zombie && contains(job, task)) {
            visit(task);
        }
    });
}

bool Jobs::ends_with(Tid job, const Task& task) const {
    bool ends = contains(job, task);
    for_each_in(job, [&](const Task& each) { ends = ends || kernel_.goes_with(task, each); });
    return ends;
}

// ---- What is done to one by name ----

std::size_t Jobs::cancel(Tid job, Tid by, const std::string& why) {
    std::size_t cancelled = 0;
    for_each_in(job, [&](Task& task) {
        kernel_.cancel(task, by, why);
        ++cancelled;
    });
    clear_stopped(job);
    tell_tasks(job);
    return cancelled;
}

void Jobs::clear_stopped(Tid job) {
    for (auto& [each, state] : jobs_) {
        state.stopped = state.stopped && !is_within(each, job);
    }
}

std::size_t Jobs::kill(Tid job, const Task& self) {
    check_contract(!ends_with(job, self), [&] {
        return "Jobs::kill(" + std::to_string(job) + "): task " + std::to_string(self.tid()) +
               ", which is running, would end with it: ask ends_with() first";
    });
    std::size_t killed = 0;
    clear_stopped(job);
    for_each_in(job, [&](Task& task) {
        kernel_.kill(task, self.tid());
        ++killed;
    });
    return killed;
}

std::size_t Jobs::stop(Tid job) {
    std::size_t tasks = 0;
    for_each_in(job, [&](const Task&) { ++tasks; });
    if (tasks > 0) {
        jobs_[job].stopped = true;
        tell_tasks(job);
        stop_waiters_.notify_all();
    }
    return tasks;
}

std::size_t Jobs::go_on(Tid job) {
    const auto found = jobs_.find(job);
    if (found == jobs_.end() || !found->second.stopped) {
        return 0;
    }
    found->second.stopped = false;
    if (found->second.above == kernel_tid) {
        jobs_.erase(found);
    }
    return tell_tasks(job);
}

bool Jobs::is_stopped(Tid job) const {
    for (; job != kernel_tid; job = above(job)) {
        const auto found = jobs_.find(job);
        if (found != jobs_.end() && found->second.stopped) {
            return true;
        }
    }
    return false;
}

/// Tells the tasks of a job, and of those below it, whether they are stopped now. How many were and
/// are not any more?
std::size_t Jobs::tell_tasks(Tid job) {
    std::size_t continued = 0;
    for_each_in(job, [&](Task& task) {
        const bool before = task.stopped();
        task.set(Task::stopped_, is_stopped(task.job()));
        if (before && !task.stopped()) {
            ++continued;
            if (task.held_back()) {
                task.set(Task::held_back_, false);
                ready_.push(task);
            }
        }
    });
    return continued;
}

void Jobs::join(Task& task) {
    task.set(Task::stopped_, is_stopped(task.job()));
}

// ---- What comes from a terminal ----

void Jobs::signal(int signal, const Foreground& terminal) {
    std::set<Tid> hearing = tell_listeners(signal, terminal);
    switch (signal) {
        case SIGINT:
            return interrupt(terminal, "interrupted", std::move(hearing));
        case SIGHUP:
            return interrupt(terminal, "the terminal was hung up", std::move(hearing));
        case SIGTSTP:
            if (hearing.empty() && terminal.may_stop()) {
                stop(terminal.job());
            }
            return;
        case SIGTERM:
            if (hearing.empty()) {
                kernel_.log().info("stopped by signal " + std::to_string(signal));
                kernel_.stop(signal);
            }
            return;
        default:
            return;  // whom it concerns has heard of it
    }
}

/// Does a signal of that terminal concern this job?
bool Jobs::is_concerned(Tid job, const Foreground& terminal) const {
    return job == terminal.job() || (terminal.may_stop() && is_within(job, terminal.job()));
}

/// Which tasks listen for the signal, and have been told?
std::set<Tid> Jobs::tell_listeners(int signal, const Foreground& terminal) {
    Signals& signals = *kernel_.world().signals;
    if (signal != SIGINT && signal != SIGTSTP && signal != SIGHUP) {
        return signals.deliver(signal, std::nullopt);
    }
    std::set<Tid> hearing = signals.deliver(signal, terminal.job());
    for (const auto& [job, state] : jobs_) {
        if (job != terminal.job() && is_concerned(job, terminal)) {
            hearing.merge(signals.deliver(signal, job));
        }
    }
    return hearing;
}

/// Cancels the tasks for which nobody answers. A task is older than those that it has started, so
/// it is visited before them.
void Jobs::interrupt(const Foreground& terminal,
                     const std::string& why,
                     std::set<Tid> answered_for) {
    kernel_.tasks().for_each([&](Task& task) {
        if (answered_for.contains(task.tid()) || answered_for.contains(task.parent())) {
            answered_for.insert(task.tid());
        } else if (!task.is_kernel() && task.state() != Task::State::zombie &&
                   is_concerned(task.job(), terminal)) {
            kernel_.cancel(task, kernel_tid, why);
        }
    });
}

}  // namespace yos
