#include "programs/shell/job_control.h"

#include "programs/lib/print.h"
#include "programs/shell/shell.h"
#include "syscalls/cancel_job.h"
#include "syscalls/continue_job.h"
#include "syscalls/get_tid.h"
#include "syscalls/new_task.h"
#include "syscalls/select.h"
#include "syscalls/set_foreground.h"
#include "syscalls/task_info.h"
#include "syscalls/tried.h"
#include "syscalls/wait_stopped.h"
#include "syscalls/wait_task.h"
#include "tasks/interruption.h"

#include <exception>
#include <sstream>

namespace yos::shell {
namespace {

std::string describe(const ExitStatus& exit) {
    std::ostringstream text;
    text << exit;
    return text.str();
}

/// Ctrl-Z: the job waits in the background until fg or bg.
Coroutine<> put_aside(State& state, std::vector<Tid> tasks, std::string text) {
    const int number = state.jobs.add(std::move(tasks), std::move(text)).number;
    state.jobs.set_stopped(number, true);
    state.status = stopped_status;
    state.flow = Flow::interrupted;
    const Job* job = state.jobs.find("%" + std::to_string(number));
    co_await print(state.out(), "\n[{}] stopped: {}\n", number, job->text);
}

/// Ctrl-C interrupts the shell that waits, and the task as well: the shell ends when that has, as
/// if it had been one with it. Another Ctrl-C does not wait any more.
Coroutine<std::optional<ExitStatus>> wait_for_own(Tid task) {
    std::exception_ptr interruption;
    try {
        co_return co_yield WaitTask{task};
    } catch (const Cancelled& cancelled) {
        if (cancelled.by() != kernel_tid) {
            throw;
        }
        interruption = std::current_exception();
    }
    co_yield WaitTask{task};
    std::rethrow_exception(interruption);
}

}  // namespace

Coroutine<> take_terminal(State& state) {
    state.shell = co_yield GetTid{};
    co_yield Tried{SetForeground{state.terminal, state.shell}};  // ENOTTY: nobody types
}

std::optional<Tid> foreground_job(const State& state) {
    return state.interactive && !state.subshell ? std::optional(kernel_tid) : std::nullopt;
}

Coroutine<Tid> spawn(Main main, std::string name, std::optional<Tid> job) {
    if (!job) {
        co_return co_yield NewTask{std::move(main), std::move(name)}.joinable();
    }
    if (*job == kernel_tid) {
        co_return co_yield NewTask{std::move(main), std::move(name)}.joinable().leads_job();
    }
    co_return co_yield NewTask{std::move(main), std::move(name)}.joinable().joins_job(*job);
}

Coroutine<> run_in_foreground(State& state, std::vector<Tid> tasks, std::string text) {
    if (tasks.empty()) {
        co_return;
    }
    const bool own_job = foreground_job(state).has_value();
    const Tid leader = tasks.front();
    if (own_job) {
        co_yield Tried{SetForeground{state.terminal, leader}.may_stop()};
        co_yield ContinueJob{leader};
    }
    std::optional<ExitStatus> exit;
    bool stopped = false;
    for (std::size_t i = 0; i < tasks.size() && !stopped; ++i) {
        if (!own_job) {
            exit = co_await wait_for_own(tasks[i]);
            continue;
        }
        auto first = co_yield Select{WaitTask{tasks[i]}, WaitStopped{leader}};
        stopped = first.index() == 1;
        if (!stopped) {
            exit = std::get<0>(first);
        }
    }
    if (own_job) {
        co_await take_terminal(state);
    }
    if (stopped) {
        co_return co_await put_aside(state, std::move(tasks), std::move(text));
    }
    state.status = exit ? exit->code : 0;
    if (!own_job || !exit || exit->how == ExitStatus::How::returned) {
        co_return;
    }
    if (exit->how == ExitStatus::How::cancelled && exit->by == kernel_tid) {
        state.flow = Flow::interrupted;     // nothing else of the line is run
        co_await print(state.out(), "\n");  // behind the ^C
    } else {
        co_await print(state.err(), "{}\n", describe(*exit));
    }
}

Coroutine<> tell_of_ended_jobs(State& state) {
    const std::vector<Job> jobs = state.jobs.all();
    for (const Job& job : jobs) {
        bool ended = true;
        for (const Tid task : job.tasks) {
            const std::optional<TaskSnapshot> info = co_yield TaskInfo{task};
            ended = ended && (!info || info->state == Task::State::zombie);
        }
        if (!ended) {
            continue;
        }
        std::optional<ExitStatus> exit;
        for (const Tid task : job.tasks) {
            exit = co_yield WaitTask{task};
        }
        std::string end = "gone";
        if (exit) {
            end = describe(*exit);
        }
        co_await print(state.out(), "[{}] {}: {}\n", job.number, end, job.text);
        state.jobs.remove(job.number);
    }
}

Coroutine<> end_stopped_jobs(State& state) {
    const std::vector<Job> jobs = state.jobs.all();
    for (const Job& job : jobs) {
        if (!job.stopped) {
            continue;
        }
        const Tid leader = job.leader();
        co_yield CancelJob{leader, "its shell has ended"};
    }
}

}  // namespace yos::shell
