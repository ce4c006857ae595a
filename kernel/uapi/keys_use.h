#pragma once

// What TakeKeys gives: while it lives, a terminal gives a job each key as it is typed, not lines.

#include "tasks/tid.h"

#include <memory>
#include <utility>

namespace yos {

class File;
class TakeKeys;

class KeysUse {
public:
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
    friend class TakeKeys;

    /// The terminal has agreed to give keys to `job` (File::want_keys).
    KeysUse(std::weak_ptr<File> terminal, Tid job) : terminal_(std::move(terminal)), job_(job) {}

    std::weak_ptr<File> terminal_;  // closed, it has nobody left to give keys to
    Tid job_;
};

}  // namespace yos
