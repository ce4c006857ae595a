#pragma once

// The tasks and things that many tests play with. What happens to them they write into a Story.

#include "syscalls/cancel_task.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

#include <chrono>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace yos {

using namespace std::chrono_literals;

/// What happened, in order, in words.
using Story = std::vector<std::string>;

/// Tells when it is destroyed.
class Mortal {
public:
    Mortal(Story& story, std::string name) : story_(&story), name_(std::move(name)) {}
    Mortal(Mortal&& other) noexcept
        : story_(std::exchange(other.story_, nullptr)), name_(std::move(other.name_)) {}
    Mortal& operator=(Mortal&&) = delete;
    ~Mortal() {
        if (story_ != nullptr) {
            story_->push_back(name_ + " gone");
        }
    }

private:
    Story* story_;
    std::string name_;
};

/// `2 returned 0`, for a task that somebody waited for; `none` when there was none.
inline std::string in_words(const std::optional<ExitStatus>& status) {
    std::ostringstream out;
    print_value(out, status);
    return out.str();
}

/// Gives every task that is ready now a turn, and every one that they wake: on the virtual clock
/// time goes on only when nobody is ready.
inline Coroutine<> let_the_others_run() {
    co_yield Sleep{1ms};
}

inline Coroutine<> do_nothing() {
    co_return;
}

inline Coroutine<> kill(Tid victim) {
    co_yield KillTask{victim};
}

inline Coroutine<> cancel(Tid task) {
    co_yield CancelTask{task, "enough"};
}

/// Calls a subroutine; what it throws becomes part of the story, as `bob: Broken pipe`.
inline Coroutine<> tell_failure(Story& story, std::string name, Coroutine<> subroutine) {
    std::string failure;
    try {
        co_await std::move(subroutine);
    } catch (const std::system_error& error) {
        failure = error.code().message();
    } catch (const Cancelled& cancelled) {
        failure = "cancelled by " + std::to_string(cancelled.by()) + ": " + cancelled.why();
    }
    if (!failure.empty()) {
        story.push_back(name + ": " + failure);
    }
}

}  // namespace yos
