// The shell's own commands for jobs.

#include "programs/lib/print.h"
#include "programs/shell/builtins.h"
#include "programs/shell/job_control.h"
#include "programs/shell/shell.h"
#include "syscalls/continue_job.h"
#include "syscalls/detach_task.h"
#include "syscalls/task_info.h"
#include "syscalls/wait_task.h"

#include <algorithm>

namespace yos::shell {
namespace {

/// `task 5` or `tasks 5-7`; with `each`, as `tasks 5 6 7`.
std::string tasks_of(const Job& job, bool each) {
    if (job.tasks.size() == 1) {
        return fmt::format("task {}", job.leader());
    }
    if (!each) {
        return fmt::format("tasks {}-{}", job.leader(), job.tasks.back());
    }
    std::string text = "tasks";
    for (const Tid task : job.tasks) {
        text += fmt::format(" {}", task);
    }
    return text;
}

Coroutine<int> complain_of_job(Shell& shell, std::string name) {
    State& state = shell.state();
    if (name.empty()) {
        co_await print(state.err(), "sh: there is no job in the background\n");
    } else {
        co_await print(state.err(), "sh: no job \"{}\": jobs lists them\n", name);
    }
    co_return name.empty() || name.starts_with('%') ? 1 : not_found_status;
}

/// Waits for the tasks of a job, and forgets it; evaluates to the status of the last.
Coroutine<int> collect(Shell& shell, Job job) {
    std::optional<ExitStatus> exit;
    for (const Tid task : job.tasks) {
        exit = co_yield WaitTask{task};
    }
    shell.state().jobs.remove(job.number);
    co_return exit ? exit->code : 0;
}

Coroutine<int> run_jobs(Shell& shell, Words words) {
    State& state = shell.state();
    const bool each_task = !words.empty() && words.front() == "-l";
    words.erase(words.begin(), words.begin() + (each_task ? 1 : 0));
    if (!words.empty() && words.front().starts_with('-')) {
        co_return co_await complain(
            shell, "jobs", "its one option is -l, not \"" + words.front() + '"', usage_status);
    }
    co_await tell_of_ended_jobs(state);
    std::vector<Job> jobs = state.jobs.all();
    int status = 0;
    if (!words.empty()) {
        jobs.clear();
    }
    for (const std::string& word : words) {
        if (const Job* job = state.jobs.find(word)) {
            jobs.push_back(*job);
        } else {
            status = co_await complain_of_job(shell, word);
        }
    }
    for (const Job& job : jobs) {
        const std::string tasks = tasks_of(job, each_task);
        const char* const stopped = job.stopped ? "stopped: " : "";
        co_await print(state.out(), "[{}] {}: {}{}\n", job.number, tasks, stopped, job.text);
    }
    co_return status;
}

Coroutine<int> run_wait(Shell& shell, Words words) {
    State& state = shell.state();
    int status = 0;
    if (words.empty()) {
        const std::vector<Job> jobs = state.jobs.all();
        for (const Job& job : jobs) {
            co_await collect(shell, job);
        }
    }
    for (const std::string& word : words) {
        const Job* job = state.jobs.find(word);
        if (job == nullptr) {
            status = co_await complain_of_job(shell, word);
        } else {
            Job waited = *job;
            status = co_await collect(shell, std::move(waited));
        }
    }
    co_return status;
}

Coroutine<int> run_fg(Shell& shell, Words words) {
    State& state = shell.state();
    const std::string name = words.empty() ? "" : words.front();
    const Job* found = state.jobs.find(name);
    if (found == nullptr) {
        co_return co_await complain_of_job(shell, name);
    }
    const Job job = *found;
    co_await print(state.out(), "{}\n", job.text);
    state.jobs.remove(job.number);
    co_await run_in_foreground(state, job.tasks, job.text);
    co_return state.status;
}

Coroutine<int> run_bg(Shell& shell, Words words) {
    State& state = shell.state();
    const std::string name = words.empty() ? "" : words.front();
    const Job* job = state.jobs.find(name);
    if (job == nullptr) {
        co_return co_await complain_of_job(shell, name);
    }
    co_await print(state.out(), "[{}] {}\n", job->number, job->text);
    const Tid leader = job->leader();
    state.jobs.set_stopped(job->number, false);
    co_yield ContinueJob{leader};
    co_return 0;
}

Coroutine<int> run_disown(Shell& shell, Words words) {
    State& state = shell.state();
    const std::string name = words.empty() ? "" : words.front();
    const Job* job = state.jobs.find(name);
    if (job == nullptr) {
        co_return co_await complain_of_job(shell, name);
    }
    const Job disowned = *job;
    const Tid leader = disowned.leader();
    co_yield ContinueJob{leader};  // nobody else would
    for (const Tid task : disowned.tasks) {
        co_yield DetachTask{task};
    }
    state.jobs.remove(disowned.number);
    co_return 0;
}

/// Those of its tasks that have not ended, as words.
Coroutine<Words> living_tasks_of(Job job) {
    Words tids;
    for (const Tid task : job.tasks) {
        const std::optional<TaskSnapshot> info = co_yield TaskInfo{task};
        if (info && info->state != Task::State::zombie) {
            tids.push_back(std::to_string(task));
        }
    }
    co_return tids;
}

/// The program of this name does it. It does not know the shell's numbers, so a job is named by the
/// task that leads it; in a subshell, where no task leads one, by its tasks.
Coroutine<int> run_kill(Shell& shell, Words words) {
    State& state = shell.state();
    Words targets;
    int status = 0;
    for (const std::string& word : words) {
        if (!word.starts_with('%')) {
            targets.push_back(word);
            continue;
        }
        const Job* found = state.jobs.find(word);
        if (found == nullptr) {
            status = co_await complain_of_job(shell, word);
            continue;
        }
        const Job job = *found;
        Words tasks = co_await living_tasks_of(job);
        if (!state.subshell && !tasks.empty()) {
            tasks = {"%" + std::to_string(job.leader())};
        }
        targets.insert(targets.end(), tasks.begin(), tasks.end());
    }
    if (targets.empty() && !words.empty()) {
        co_return status;  // they have all ended
    }
    co_await shell.run_program("kill", std::move(targets), false);
    co_return std::max(status, state.status);
}

}  // namespace

std::vector<Builtin> job_builtins() {
    return {
        {"bg", "let a stopped job go on in the background; bg %N: that one", run_bg},
        {"disown", "forget a job, and let it run on; disown %N: that one", run_disown},
        {"fg", "bring a job to the foreground; fg %N: that one", run_fg},
        {"jobs", "list what runs in the background; -l: with all its tasks", run_jobs},
        {"kill", "end tasks and jobs: kill TID, kill %N", run_kill},
        {"wait", "wait for the jobs in the background; wait %N, TID: for these", run_wait},
    };
}

}  // namespace yos::shell
