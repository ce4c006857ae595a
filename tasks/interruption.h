#pragma once

// What the kernel throws into a task that did not ask for it. These are no std::exceptions, so that
// a task's `catch (const std::exception&)`, meant for its own failures, does not swallow them;
// catch them by their names to clean up (with further calls, if need be), then rethrow. PEP 342's
// throw().

#include "tasks/tid.h"

#include <stdexcept>
#include <string>
#include <system_error>

namespace yos {

class Interruption {
protected:
    Interruption() = default;
    ~Interruption() = default;
};

/// Thrown by CancelTask at the call in which the task is blocked, or at its next one.
class Cancelled : public Interruption {
public:
    Cancelled(Tid by, std::string why) : by_(by), why_(std::move(why)) {}

    Tid by() const { return by_; }
    const std::string& why() const { return why_; }

private:
    Tid by_;
    std::string why_;
};

class Deadline;

/// On its way from the interrupted call to the with_timeout whose deadline it is, through any
/// others in between.
class DeadlineExpired : public Interruption {
public:
    explicit DeadlineExpired(const Deadline& deadline) : deadline_(&deadline) {}

    bool of(const Deadline& deadline) const { return deadline_ == &deadline; }

private:
    const Deadline* deadline_;
};

/// What with_timeout throws in the end: an ordinary failure, with std::errc::timed_out.
class TimedOut : public std::system_error {
public:
    TimedOut() : std::system_error(std::make_error_code(std::errc::timed_out)) {}
};

}  // namespace yos
