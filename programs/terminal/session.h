#pragma once

// A shell at a terminal of its own.

#include "programs/lib/program.h"
#include "syscalls/open_terminal.h"
#include "tasks/coroutine.h"

namespace yos::terminal {

/// Starts an interactive shell as a joinable task and a job of its own.
Coroutine<Tid> start_shell(Fd terminal, std::shared_ptr<const Environment> environment);

/// Gives a shell to everybody who connects, until the end; none has anything of another's.
Coroutine<> serve_sessions(Descriptor listener, std::shared_ptr<const Environment> environment);

}  // namespace yos::terminal
