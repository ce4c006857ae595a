#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/cancel_task.h"
#include "syscalls/kill_task.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace yos {
namespace {

/// What went wrong; empty when nothing did.
Coroutine<std::string> kill_one(std::string word, bool gently) {
    Tid tid = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), tid);
    if (error != std::errc{} || *end != '\0') {
        co_return "\"" + word + "\" is no tid and no job: ps lists the tasks, jobs the jobs";
    }
    try {
        const bool found = gently ? co_yield CancelTask{tid} : co_yield KillTask{tid};
        co_return found ? "" : "no task " + word;
    } catch (const std::system_error& failure) {
        co_return "task " + word + ": " + failure.code().message();
    }
}

/// Signals, as people name them elsewhere: there are two ways to end a task, and each is one of
/// them.
void translate_signal(std::vector<std::string>& words) {
    constexpr std::array<std::string_view, 6> gentle = {"-INT", "-2", "-TERM", "-15", "-HUP", "-1"};
    constexpr std::array<std::string_view, 2> hard = {"-KILL", "-9"};
    if (words.empty()) {
        return;
    }
    std::string name = words.front();
    if (name.starts_with("-SIG")) {
        name.erase(1, 3);
    }
    if (std::find(gentle.begin(), gentle.end(), name) != gentle.end()) {
        words.front() = "--cancel";
    } else if (std::find(hard.begin(), hard.end(), name) != hard.end()) {
        words.erase(words.begin());
    }
}

Coroutine<int> kill(Invocation invocation) {
    std::vector<std::string> words;
    bool gently = false;
    translate_signal(invocation.words);
    Options options(invocation);
    options.flag(
        "-c,--cancel", gently, "cancel: let the task clean up, as Ctrl-C, -INT and -TERM do");
    options.rest("TID", words, "the tasks to end, by tid or as %JOB", true);
    if (!co_await options.parse()) {
        co_return options.status();
    }
    for (const std::string& word : words) {
        if (word.starts_with('-')) {
            co_return co_await options.refuse("\"" + word + "\" is neither -KILL nor -INT");
        }
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
