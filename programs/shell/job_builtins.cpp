// The shell's own commands for jobs.

#include "programs/lib/print.h"
#include "programs/shell/shell.h"
#include "syscalls/cancel_task.h"
#include "syscalls/continue_job.h"
#include "syscalls/detach_task.h"
#include "syscalls/task_info.h"
#include "syscalls/wait_task.h"

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

}  // namespace

/// Waits for the tasks of a job, and forgets it; evaluates to the status of the last.
Coroutine<int> Shell::collect(Job job) {
    std::optional<ExitStatus> exit;
    for (const Tid task : job.tasks) {
        exit = co_yield WaitTask{task};
    }
    jobs_.remove(job.number);
    co_return exit ? exit->code : 0;
}

Coroutine<> Shell::tell_of_ended_jobs() {
    const std::vector<Job> jobs = jobs_.all();
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
        co_await print(out(), "[{}] {}: {}\n", job.number, end, job.text);
        jobs_.remove(job.number);
    }
}

Coroutine<> Shell::end_stopped_jobs() {
    const std::vector<Job> jobs = jobs_.all();
    for (const Job& job : jobs) {
        if (!job.stopped) {
            continue;
        }
        for (const Tid task : job.tasks) {
            co_yield CancelTask{task, "its shell has ended"};
        }
        const Tid leader = job.leader();
        co_yield ContinueJob{leader};
    }
}

Coroutine<int> Shell::run_jobs(Words words) {
    const bool each_task = !words.empty() && words.front() == "-l";
    words.erase(words.begin(), words.begin() + (each_task ? 1 : 0));
    if (!words.empty() && words.front().starts_with('-')) {
        co_return co_await complain(
            "jobs", "its one option is -l, not \"" + words.front() + '"', usage_status);
    }
    co_await tell_of_ended_jobs();
    std::vector<Job> jobs = jobs_.all();
    int status = 0;
    if (!words.empty()) {
        jobs.clear();
    }
    for (const std::string& word : words) {
        if (const Job* job = jobs_.find(word)) {
            jobs.push_back(*job);
        } else {
            status = co_await complain_of_job(word);
        }
    }
    for (const Job& job : jobs) {
        const std::string tasks = tasks_of(job, each_task);
        const char* const stopped = job.stopped ? "stopped: " : "";
        co_await print(out(), "[{}] {}: {}{}\n", job.number, tasks, stopped, job.text);
    }
    co_return status;
}

Coroutine<int> Shell::run_wait(Words words) {
    int status = 0;
    if (words.empty()) {
        const std::vector<Job> jobs = jobs_.all();
        for (const Job& job : jobs) {
            co_await collect(job);
        }
    }
    for (const std::string& word : words) {
        const Job* job = jobs_.find(word);
        if (job == nullptr) {
            status = co_await complain_of_job(word);
        } else {
            Job waited = *job;
            status = co_await collect(std::move(waited));
        }
    }
    co_return status;
}

Coroutine<int> Shell::run_fg(Words words) {
    const std::string name = words.empty() ? "" : words.front();
    const Job* found = jobs_.find(name);
    if (found == nullptr) {
        co_return co_await complain_of_job(name);
    }
    const Job job = *found;
    co_await print(out(), "{}\n", job.text);
    jobs_.remove(job.number);
    co_await run_in_foreground(job.tasks, job.text);
    co_return state_.status;
}

Coroutine<int> Shell::run_bg(Words words) {
    const std::string name = words.empty() ? "" : words.front();
    const Job* job = jobs_.find(name);
    if (job == nullptr) {
        co_return co_await complain_of_job(name);
    }
    co_await print(out(), "[{}] {}\n", job->number, job->text);
    const Tid leader = job->leader();
    jobs_.set_stopped(job->number, false);
    co_yield ContinueJob{leader};
    co_return 0;
}

Coroutine<int> Shell::run_disown(Words words) {
    const std::string name = words.empty() ? "" : words.front();
    const Job* job = jobs_.find(name);
    if (job == nullptr) {
        co_return co_await complain_of_job(name);
    }
    const Job disowned = *job;
    for (const Tid task : disowned.tasks) {
        co_yield DetachTask{task};
    }
    jobs_.remove(disowned.number);
    co_return 0;
}

/// The program of this name does it; it knows no jobs, so they are named by the tids of their
/// tasks.
Coroutine<int> Shell::run_kill(Words words) {
    Words tids;
    for (const std::string& word : words) {
        const Job* job = word.starts_with('%') ? jobs_.find(word) : nullptr;
        if (job == nullptr) {
            tids.push_back(word);
            continue;
        }
        for (const Tid task : job->tasks) {
            const std::optional<TaskSnapshot> info = co_yield TaskInfo{task};
            if (info && info->state != Task::State::zombie) {
                tids.push_back(std::to_string(task));
            }
        }
    }
    if (tids.empty() && !words.empty()) {
        co_return 0;  // they have all ended
    }
    co_await run_program("kill", std::move(tids), false);
    co_return state_.status;
}

Coroutine<int> Shell::complain_of_job(std::string name) {
    if (name.empty()) {
        co_await print(err(), "sh: there is no job in the background\n");
    } else {
        co_await print(err(), "sh: no job \"{}\": jobs lists them\n", name);
    }
    co_return name.empty() || name.starts_with('%') ? 1 : not_found_status;
}

}  // namespace yos::shell
