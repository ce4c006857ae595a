#pragma once

// Jobs, and who has the terminal. An interactive shell gives each command that it runs a job of its
// own, which Ctrl-C ends and Ctrl-Z stops; what scripts and subshells start belongs to theirs.

#include "programs/shell/state.h"
#include "tasks/coroutine.h"
#include "tasks/task.h"

#include <optional>
#include <string>
#include <vector>

namespace yos::shell {

/// From now on the shell is the one who reads what is typed, and hears of Ctrl-C.
Coroutine<> take_terminal(State& state);

/// The job for a task that spawn() is to start in the foreground.
std::optional<Tid> foreground_job(const State& state);

/// Starts a task. `job`: none for its parent's; kernel_tid: one of its own; else the one it joins.
Coroutine<Tid> spawn(Main main, std::string name, std::optional<Tid> job);

/// Waits for the tasks of a job; the status of the last is the shell's. A job that is stopped
/// meanwhile waits in the background, as `text`, until fg or bg.
Coroutine<> run_in_foreground(State& state, std::vector<Tid> tasks, std::string text);

/// Prints which jobs in the background have ended since the last time.
Coroutine<> tell_of_ended_jobs(State& state);

/// At the end: nobody will continue the jobs that are stopped, so they end too.
Coroutine<> end_stopped_jobs(State& state);

}  // namespace yos::shell
