#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/answer_of.h"
#include "syscalls/cancel_job.h"
#include "syscalls/cancel_task.h"
#include "syscalls/kill_job.h"
#include "syscalls/kill_task.h"

#include <charconv>
#include <set>

namespace yos {
namespace {

/// False when there is no such task.
Coroutine<bool> end_task(Tid tid, bool gently) {
    if (gently) {
        co_return co_yield CancelTask{tid};
    }
    co_return co_yield KillTask{tid};
}

/// False when there is no task of that job.
Coroutine<bool> end_job(Tid leader, bool gently) {
    std::size_t tasks = 0;
    if (gently) {
        tasks = co_yield CancelJob{leader};
    } else {
        tasks = co_yield KillJob{leader};
    }
    co_return tasks > 0;
}

/// What went wrong; empty when nothing did.
Coroutine<std::string> kill_one(std::string word, bool gently) {
    const bool is_job = word.starts_with('%');
    const char* const begin = word.data() + (is_job ? 1 : 0);
    Tid tid = 0;
    const auto [behind, error] = std::from_chars(begin, word.data() + word.size(), tid);
    if (error != std::errc{} || *behind != '\0') {
        co_return "\"" + word + "\" is no tid and no job: ps lists the tasks, jobs the jobs";
    }
    const std::string what = (is_job ? "job " : "task ") + word;
    Coroutine<bool> end = is_job ? end_job(tid, gently) : end_task(tid, gently);
    const auto found = co_await answer_of(std::move(end));
    if (!found) {
        co_return what + ": " + found.error().message();
    }
    co_return *found ? "" : "no " + what;
}

/// Signals, as people name them elsewhere: there are two ways to end a task, and each is one of
/// them. False when it is another.
bool translate_signal(std::vector<std::string>& words) {
    static const std::set<std::string> gentle = {"INT", "2", "TERM", "15", "HUP", "1"};
    static const std::set<std::string> hard = {"KILL", "9"};
    const std::string word = words.empty() ? "" : words.front();
    const std::string name = word.substr(word.starts_with("-SIG") ? 4
                                         : word.starts_with('-')  ? 1
                                                                  : 0);
    const bool is_signal =
        word.starts_with('-') && !name.empty() &&
        name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string::npos;
    if (!is_signal) {
        return true;
    }
    if (gentle.contains(name)) {
        words.front() = "--cancel";
    } else if (hard.contains(name)) {
        words.erase(words.begin());
    }
    return gentle.contains(name) || hard.contains(name);
}

Coroutine<int> kill(Invocation invocation) {
    std::vector<std::string> words;
    bool gently = false;
    const bool possible = translate_signal(invocation.words);
    Options options(invocation);
    options.flag(
        "-c,--cancel", gently, "cancel: let the task clean up, as Ctrl-C, -INT and -TERM do");
    options.rest("TID",
                 words,
                 "the tasks to end, by tid; %TID: the job that it leads; in a shell, %JOB",
                 true);
    options.example("kill %1; kill -INT 7    as elsewhere; -KILL is what it does unless told");
    if (!possible) {
        co_return co_await options.refuse("a task takes -KILL and -INT, not " +
                                          invocation.words.front());
    }
    if (!co_await options.parse()) {
        co_return options.status();
    }
    int status = 0;
    for (const std::string& word : words) {
        const std::string failure = co_await kill_one(word, gently);
        if (!failure.empty()) {
            co_await print(invocation.err, "kill: {}\n", failure);
            status = 1;
        }
    }
    co_return status;
}

const Program program("kill", "end tasks", kill);

}  // namespace
}  // namespace yos
