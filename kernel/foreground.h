#pragma once

#include "tasks/tid.h"

namespace yos {

/// The job that what is typed goes to, and the signals of the keyboard.
struct Foreground {
    Tid job = kernel_tid;   ///< kernel_tid: none, and then all may read what is typed
    bool may_stop = false;  ///< by SIGTSTP: somebody is there to continue it
};

}  // namespace yos
