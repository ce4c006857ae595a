#pragma once

// Jobs: what a person starts as one, and interrupts, stops and ends as one. A job is a task that
// leads it and all that this one and its descendants start. One of those may lead a job of its own,
// as each command of an interactive shell does: that one is *below* the job it was started from.
//
// One rule for all that can happen to a job: it happens to the jobs below it, too. Whoever ends a
// shell ends all that was started there, and Ctrl-C interrupts a script with what it has put into
// the background. A job is stopped while it or one above it is. But a shell at its prompt has the
// terminal for itself alone: what is typed there is none of the jobs' below it. (POSIX has process
// groups and sessions for this.)

#include "kernel/ready_queue.h"
#include "tasks/tid.h"
#include "tasks/wait_queue.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>

namespace yos {

class Foreground;
class Kernel;
class Task;

class Jobs {
public:
    Jobs(Kernel& kernel, ReadyQueue& ready) : kernel_(kernel), ready_(ready) {}
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    /// A job is named by the tid of the task that leads it. This one is below `above`, unless it is
    /// below another already, or that below it.
    void begin(Tid job, Tid above);

    /// A task that belongs to another job than its parent begins: stopped, if that is.
    void join(Task& task);

    /// Would `task` end if all of that job were killed? It is of the job, or in a group of one that
    /// is.
    bool ends_with(Tid job, const Task& task) const;

    // These act on a job and all below it, and say how many tasks that came to.

    /// Cancels the tasks. None of these jobs is stopped any more: they have to clean up.
    std::size_t cancel(Tid job, Tid by, const std::string& why);

    /// Throws std::logic_error if the running task, `self`, would end with it: see ends_with().
    std::size_t kill(Tid job, const Task& self);

    /// The tasks are not run until the job is continued. They keep their places in line, and what
    /// wakes them is not lost.
    std::size_t stop(Tid job);

    /// Undoes stop(). What was stopped by itself below it stays so.
    std::size_t go_on(Tid job);

    bool is_stopped(Tid job) const;
    WaitQueue& stop_waiters() { return stop_waiters_; }

    /// A signal has come from a terminal, or from elsewhere. SIGINT, SIGTSTP and SIGHUP concern the
    /// job in the foreground, and those below it if it may be stopped, as whatever a shell waits
    /// for. Each of their tasks that listens for the signal hears of it, and answers for those that
    /// it has started, and those that they have, as far as they live; every other is cancelled.
    /// SIGTSTP stops the job if no task listens. Any other signal goes to all who listen for it,
    /// and SIGTERM, when there is nobody, stops the kernel.
    void signal(int signal, const Foreground& terminal);

private:
    struct Job {
        Tid above = kernel_tid;
        bool stopped = false;  ///< it, and so are those below
    };

    std::set<Tid> tell_listeners(int signal, const Foreground& terminal);
    void interrupt(const Foreground& terminal, const std::string& why, std::set<Tid> answered_for);
    bool is_concerned(Tid job, const Foreground& terminal) const;
    void clear_stopped(Tid job);
    std::size_t tell_tasks(Tid job);
    bool is_within(Tid job, Tid outer) const;
    Tid above(Tid job) const;
    bool contains(Tid job, const Task& task) const;
    void forget_ended();

    /// Calls visit(Task&) for each living task of the job, and of those below it.
    template <class Visit>
    void for_each_in(Tid job, Visit&& visit) const;

    Kernel& kernel_;
    ReadyQueue& ready_;
    std::map<Tid, Job> jobs_;  // those that are below another, or stopped
    std::size_t to_forget_at_ = 64;
    WaitQueue stop_waiters_;  // for any job to be stopped
};

}  // namespace yos
