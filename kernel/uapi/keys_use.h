#pragma once

// What TakeKeys gives: while it lives, a terminal gives a job each key as it is typed, not lines.

#include "tasks/tid.h"

#include <memory>
#include <utility>

namespace yos {

class Foreground;

class KeysUse {
public:
    /// From now on `job` gets keys while it is in the foreground of that terminal.
    KeysUse(const std::shared_ptr<Foreground>& terminal, Tid job);
    KeysUse(KeysUse&& other) noexcept
        : terminal_(std::exchange(other.terminal_, {})), job_(other.job_) {}
    KeysUse& operator=(KeysUse&& other) noexcept {
        std::swap(terminal_, other.terminal_);
        std::swap(job_, other.job_);
        return *this;
    }

    /// From now on the job gets lines again, unless another KeysUse of it is left.
    ~KeysUse();

private:
    std::weak_ptr<Foreground> terminal_;  // closed, it has nobody left to give keys to
    Tid job_;
};

}  // namespace yos
