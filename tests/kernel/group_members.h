#pragma once

// Tasks for tests of groups.

#include "kernel/uapi/task_group.h"
#include "syscalls/join.h"
#include "tests/lib/actors.h"

#include <exception>
#include <stdexcept>
#include <string>

namespace yos {

/// Sleeps, and tells; also when it is unwound, and when it is cancelled, which it takes a while to
/// obey.
inline Coroutine<> sleeper(Story& story,
                           std::string name,
                           Duration duration,
                           Duration farewell = 0ms) {
    const Mortal frame(story, name);
    std::exception_ptr interruption;
    try {
        co_yield Sleep{duration};
        story.push_back(name + " slept");
    } catch (const Cancelled& cancelled) {
        story.push_back(name + " cancelled: " + cancelled.why());
        interruption = std::current_exception();
    }
    if (interruption != nullptr) {
        co_yield Sleep{farewell};
        std::rethrow_exception(interruption);
    }
}

inline Coroutine<> fail_after(Duration duration, std::string what) {
    co_yield Sleep{duration};
    throw std::runtime_error(what);
}

/// What a subroutine throws becomes part of the story.
inline Coroutine<> tell(Story& story, Coroutine<> subroutine) {
    std::string failure = "fine";
    try {
        co_await std::move(subroutine);
    } catch (const std::exception& error) {
        failure = error.what();
    } catch (const Cancelled& cancelled) {
        failure = "cancelled: " + cancelled.why();
    }
    story.push_back(failure);
}

}  // namespace yos
