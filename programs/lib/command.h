#pragma once

// Running a program on behalf of another one, as xargs and time do.

#include "programs/lib/program.h"

#include <string>
#include <vector>

namespace yos {

/// Runs words[0] with the other words, within the calling task, so that who ends that one ends
/// both; with the streams and the environment of `invocation`. Evaluates to its status; to 127,
/// having complained, if there is no such program.
Coroutine<int> run_command(Invocation invocation, std::vector<std::string> words);

}  // namespace yos
