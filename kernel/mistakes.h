#pragma once

// Mistakes that the author of a system call can make and that would show late, and elsewhere: they
// are found at once and fail the call that made them. What costs time is looked for in Debug only
// (without NDEBUG).

#include "tasks/contract.h"
#include "tasks/trap.h"

#include <stdexcept>
#include <string>
#include <unordered_set>
#include <utility>

namespace yos {

class Task;

class Mistakes {
public:
    static constexpr bool looked_for = checked_in_debug;

    void task_started(const Task& task) {
        if constexpr (looked_for) {
            alive_.insert(&task);
        }
    }
    void task_ended(const Task& task) {
        if constexpr (looked_for) {
            alive_.erase(&task);
        }
    }

    /// False when the task has ended and is gone: then `attempt`, as in "woke", was a mistake.
    bool exists(const Task& task, const char* attempt) {
        if constexpr (looked_for) {
            if (!alive_.contains(&task)) {
                made_ = std::string(attempt) +
                        " a task that has ended: it kept a pointer to it; block callers in a "
                        "WaitQueue, which they leave by themselves";
                return false;
            }
        }
        return true;
    }

    /// Throws what was found while `trap` was handled.
    void report(const Trap& trap) {
        if (!made_.empty()) {
            blame(trap, std::exchange(made_, std::string()));
        }
    }

    [[noreturn]] static void blame(const Trap& trap, const std::string& what) {
        throw std::logic_error(to_string(trap) + " " + what);
    }

private:
    std::unordered_set<const Task*> alive_;
    std::string made_;
};

}  // namespace yos
