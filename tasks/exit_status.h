#pragma once

// How a task ended. What WaitTask tells, and what `$?` is made of.

#include "tasks/tid.h"

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace yos {

struct ExitStatus {
    enum class How {
        returned,   ///< its coroutine returned, or it yielded Exit
        threw,      ///< an exception left its outermost coroutine
        killed,     ///< by KillTask, or because the kernel shut down
        cancelled,  ///< Cancelled left its outermost coroutine
    };

    How how = How::returned;
    int code = 0;         ///< what a shell makes of it: 0 for success; 1 when it threw
    Tid by = kernel_tid;  ///< killed, cancelled: by whom

    /// Threw: the exception's message. Cancelled: why.
    std::string_view what() const { return text ? std::string_view(*text) : std::string_view(); }

    /// The code a shell shows for a task that was killed, as if by SIGKILL.
    static constexpr int killed_code = 128 + 9;
    /// The code a shell shows for a task that was cancelled, as if by SIGINT.
    static constexpr int cancelled_code = 128 + 2;

    static ExitStatus returned(int code) { return {How::returned, code}; }
    static ExitStatus threw(std::string what, int code = 1) {
        return {How::threw, code, kernel_tid, make_text(std::move(what))};
    }
    static ExitStatus killed(Tid by) { return {How::killed, killed_code, by}; }
    static ExitStatus cancelled(Tid by, std::string why) {
        return {How::cancelled, cancelled_code, by, make_text(std::move(why))};
    }

    // Behind a pointer because it is seldom there, while every task's end hands on an ExitStatus.
    using Text = std::shared_ptr<const std::string>;
    Text text = nullptr;

private:
    static Text make_text(std::string&& text) {
        return std::make_shared<const std::string>(std::move(text));
    }
};

/// As in `returned 0`, `threw "No such file or directory"`, `killed by 7`.
std::ostream& operator<<(std::ostream& out, const ExitStatus& status);

}  // namespace yos
