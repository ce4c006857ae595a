#pragma once

// The commands that only the shell itself can do. Each is a function over the shell that evaluates
// to an exit status; `words` are its arguments. They are in files by what they are for, of which
// each has its part of the table.

#include "programs/shell/state.h"
#include "tasks/coroutine.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yos::shell {

class Shell;

struct Builtin {
    const char* name;
    const char* summary;
    Coroutine<int> (*run)(Shell& shell, Words words);
};

const std::vector<Builtin>& builtins();

/// Null when there is none of this name.
const Builtin* find_builtin(std::string_view name);

// The parts of the table.
std::vector<Builtin> variable_builtins();
std::vector<Builtin> job_builtins();
std::vector<Builtin> test_builtins();

/// Says what is wrong; evaluates to `status`.
Coroutine<int> complain(Shell& shell, std::string builtin, std::string what, int status = 1);

/// None when it is no number from `least` on, and that was said.
Coroutine<std::optional<int>> number_of(Shell& shell,
                                        std::string builtin,
                                        std::string text,
                                        int least);

}  // namespace yos::shell
