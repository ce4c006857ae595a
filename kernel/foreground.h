#pragma once

// The foreground of a terminal: the kernel has one for the terminal that it was started from, and
// so has each terminal that a task has made.

#include "tasks/tid.h"

namespace yos {

/// The job that what is typed goes to, and the signals of the keyboard.
struct Foreground {
    Tid job = kernel_tid;   ///< kernel_tid: none, and then all may read what is typed
    bool may_stop = false;  ///< by SIGTSTP: somebody is there to continue it
};

}  // namespace yos
