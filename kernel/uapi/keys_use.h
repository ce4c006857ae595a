#pragma once

// While it lives, a terminal gives a job keys rather than lines: see TakeKeys.

#include "tasks/tid.h"

#include <memory>
#include <utility>

namespace yos {

class File;

class KeysUse {
public:
    /// REQUIRES: it has been asked for them, and has agreed.
    KeysUse(std::weak_ptr<File> terminal, Tid job) : terminal_(std::move(terminal)), job_(job) {}
    KeysUse(KeysUse&& other) noexcept
        : terminal_(std::exchange(other.terminal_, {})), job_(other.job_) {}
    KeysUse& operator=(KeysUse&& other) noexcept {
        std::swap(terminal_, other.terminal_);
        std::swap(job_, other.job_);
        return *this;
    }
    ~KeysUse();

private:
    std::weak_ptr<File> terminal_;  // closed, it has nobody left to give keys to
    Tid job_;
};

}  // namespace yos
