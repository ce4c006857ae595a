#pragma once

// How a task ended. What WaitTask tells, and what `$?` is made of.

#include "tasks/tid.h"

#include <iosfwd>
#include <string>

namespace yos {

struct ExitStatus {
    enum class How {
        returned,   ///< its coroutine returned, or it yielded Exit
        threw,      ///< an exception left its outermost coroutine
        killed,     ///< by KillTask, or because the kernel shut down
        cancelled,  ///< Cancelled left its outermost coroutine
    };

    How how = How::returned;
    int code = 0;           ///< what a shell makes of it: 0 for success; 1 when it threw
    std::string what = {};  ///< threw: the exception's message; cancelled: why
    Tid by = kernel_tid;    ///< killed, cancelled: by whom

    /// The code a shell shows for a task that was killed, as if by SIGKILL.
    static constexpr int killed_code = 128 + 9;
    /// ... and for one that was interrupted, as if by SIGINT.
    static constexpr int cancelled_code = 128 + 2;

    static ExitStatus returned(int code) { return {How::returned, code}; }
    static ExitStatus threw(std::string what, int code = 1) {
        return {How::threw, code, std::move(what)};
    }
    static ExitStatus killed(Tid by) { return {How::killed, killed_code, {}, by}; }
    static ExitStatus cancelled(Tid by, std::string why) {
        return {How::cancelled, cancelled_code, std::move(why), by};
    }
};

/// As in `returned 0`, `threw "No such file or directory"`, `killed by 7`.
std::ostream& operator<<(std::ostream& out, const ExitStatus& status);

}  // namespace yos
