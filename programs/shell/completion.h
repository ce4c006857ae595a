#pragma once

// Tells whoever types what may come next on a line of commands.

#include "tasks/coroutine.h"

namespace yos::shell {

class Shell;

/// Waits until something has been typed to be read, and meanwhile answers what may come next to
/// whoever asks. Returns at once where nobody types.
Coroutine<> await_line(Shell& shell);

}  // namespace yos::shell
