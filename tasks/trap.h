#pragma once

// A trap is what a coroutine yields to reach the kernel: the abstract face of every system call
// (pyos4's SystemCall). The tasks/ floor only carries traps from the task to whoever runs it; the
// kernel floor (kernel/system_call.h) gives them results.

#include "tasks/tid.h"

#include <cstddef>
#include <iosfwd>
#include <limits>
#include <optional>
#include <string>
#include <system_error>

namespace yos {

class Kernel;
class Task;

/// What became of a trap when the kernel handled it.
class Outcome {
public:
    enum class Kind {
        completed = 0,  ///< the result is in the call; its caller may go on
        failed = 1,     ///< the caller gets std::system_error with `error()`
        blocked = -1,   ///< the caller waits; the call is handled again when it is woken
        yielded = -2,   ///< completed, but the caller goes to the end of the ready queue
        exited = -3,    ///< the caller has ended
    };

    constexpr Outcome(Kind kind)  // NOLINT(google-explicit-constructor)
        : code_(kind == Kind::failed ? unknown_error : static_cast<int>(kind)) {}
    constexpr explicit Outcome(std::errc error) : code_(static_cast<int>(error)) {}

    constexpr Kind kind() const { return code_ > 0 ? Kind::failed : static_cast<Kind>(code_); }

    /// None, when it failed with something else than an errc.
    constexpr std::errc error() const {
        return code_ > 0 && code_ != unknown_error ? static_cast<std::errc>(code_) : std::errc{};
    }

private:
    static constexpr int unknown_error = std::numeric_limits<int>::max();

    int code_;  // an errno when it failed, or else the kind: so it travels in one register
};

class Trap {
public:
    Trap(const Trap&) = delete;  // a trap is known by its address while it is handled
    Trap& operator=(const Trap&) = delete;

    /// Does what the trap asks for, on behalf of `self`. Run again each time `self` is woken, until
    /// it no longer answers `blocked`. What it throws, the caller gets at its co_yield.
    virtual Outcome handle(Kernel& kernel, Task& self) = 0;

    /// Prints the arguments, as in `fd 5, 4096 bytes`. Nothing unless a call says otherwise.
    virtual void print_arguments(std::ostream& /*out*/) const {}

    /// Prints the result of a completed trap.
    virtual void print_result(std::ostream& out) const = 0;

    /// Of a trap that moves bytes, or what can be counted: it is to move no more than that many.
    virtual void shorten(std::size_t /*at_most*/) noexcept {}

    /// Asked when the trap has failed: true when it takes that for its result, and so its caller is
    /// not to get an exception.
    virtual bool take_failure(const std::error_code& /*why*/) noexcept { return false; }

    /// False for calls that others count on: that give something back (a lock, a descriptor), or
    /// wake who waits (an event). A task that is being cancelled still does these, and is
    /// interrupted at the next call.
    virtual bool interruptible() const { return true; }

    /// The task that can end this wait, where there is just one: the edges of the wait graph.
    virtual std::optional<Tid> waits_for() const { return std::nullopt; }

protected:
    Trap() = default;
    ~Trap() = default;
};

/// The call's name as its author wrote it: `WaitTask`.
std::string name_of(const Trap& trap);

/// The call with its arguments, as ps shows what a task waits for: `WaitTask(3)`.
std::string to_string(const Trap& trap);

}  // namespace yos
