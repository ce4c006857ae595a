#pragma once

// A trap is what a coroutine yields to reach the kernel: the abstract face of every system call
// (pyos4's SystemCall). The tasks/ floor only carries traps from the task to whoever runs it; the
// kernel floor (kernel/system_call.h) gives them results.

#include "tasks/tid.h"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <system_error>

namespace yos {

class Kernel;
class Task;

/// What became of a trap when the kernel handled it.
class Outcome {
public:
    enum class Kind : std::uint8_t {
        completed,  ///< the result is in the call; its caller may go on
        blocked,    ///< the caller waits; the call is handled again when it is woken
        yielded,    ///< completed, but the caller goes to the end of the ready queue
        failed,     ///< the caller gets std::system_error with `error()`
        exited,     ///< the caller has ended
    };

    constexpr Outcome(Kind kind) : kind_(kind) {}  // NOLINT(google-explicit-constructor)
    constexpr explicit Outcome(std::errc error) : kind_(Kind::failed), error_(error) {}

    constexpr Kind kind() const { return kind_; }
    constexpr std::errc error() const { return error_; }

private:
    Kind kind_;
    std::errc error_{};
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

/// The call as strace shows it: `WaitTask(3)`.
std::string to_string(const Trap& trap);

}  // namespace yos
