#pragma once

// A task (pyos1): a call stack of coroutines with a tid, a parent, a state and two counters. What
// else the kernel must know of it hangs on here; what only some tasks need hangs on by a pointer.

#include "tasks/call_stack.h"
#include "tasks/coroutine.h"
#include "tasks/exit_status.h"
#include "tasks/tid.h"
#include "tasks/wait_queue.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace yos {

class Deadline;
class Scheduler;

/// What a task begins with. An int that it returns is its exit code.
using Main = std::variant<Coroutine<void>, Coroutine<int>>;

/// A task's end, kept for those who wait for it: they hold it, so it outlives the task.
struct ExitRecord {
    std::optional<ExitStatus> status = {};  ///< none while the task lives
    WaitQueue waiters{};
};

/// Something that a task owns and may take to its grave, such as a lock.
class Held {
public:
    /// The owner has ended without giving it back.
    virtual void owner_died(const Task& owner) noexcept = 0;

protected:
    Held() = default;
    ~Held() = default;

private:
    friend class Task;
    Held* next_ = nullptr;
};

class Task : public CallStack, public Recycled {
public:
    enum class State : std::uint8_t { ready, running, blocked, zombie };
    enum class Kind : std::uint8_t { user, kernel };

    struct Identity {
        Tid tid;
        Tid parent;
        Tid job;           ///< the tid of the task that leads its job
        std::string name;  ///< empty: named by its coroutine
        Kind kind = Kind::user;
        bool joinable = false;
    };

    Task(Scheduler& scheduler, Identity identity, Main main);
    ~Task() { unwind(); }

    Tid tid() const noexcept { return identity_.tid; }
    Tid parent() const noexcept { return identity_.parent; }
    Tid job() const noexcept { return identity_.job; }
    bool is_kernel() const noexcept { return identity_.kind == Kind::kernel; }
    bool joinable() const noexcept { return identity_.joinable; }

    /// The name it was given, or else that of its outermost coroutine.
    std::string name() const;

    State state() const noexcept { return state_; }
    void set_state(State state) noexcept { state_ = state; }

    /// System calls made, and times dispatched.
    std::uint64_t traps() const noexcept { return traps_; }
    std::uint64_t switches() const noexcept { return switches_; }
    void count_trap() noexcept { ++traps_; }
    void count_switch() noexcept { ++switches_; }

    Scheduler& scheduler() const noexcept { return scheduler_; }
    Waiter& waiter() noexcept { return waiter_; }
    const Waiter& waiter() const noexcept { return waiter_; }

    /// The record of its end, made for the first who asks.
    const std::shared_ptr<ExitRecord>& exit();
    bool has_exit() const noexcept { return exit_ != nullptr; }

    /// What its coroutine returned, or what Exit said.
    int exit_code() noexcept { return result_.take(); }
    void set_exit_code(int code) noexcept { result_.put(code); }

    /// Its slot in the ready queue; `not_queued` when it is in none.
    static constexpr std::uint32_t not_queued = ~0U;
    std::uint32_t ready_slot = not_queued;

    // Interruptions that wait for the task's next trap.
    std::exception_ptr cancellation;  ///< null when not cancelled
    Deadline* deadlines = nullptr;    ///< those set for this task, innermost first
    bool interrupted = false;         ///< one of the two is due

    // What it owns.
    void holds(Held& held) noexcept;
    void gave_back(Held& held) noexcept;
    std::size_t abandon_held() noexcept;  ///< tells how many

private:
    Scheduler& scheduler_;
    Identity identity_;
    std::source_location main_;  ///< where its outermost coroutine is defined
    Waiter waiter_{*this};
    std::uint64_t traps_ = 0;
    std::uint64_t switches_ = 0;
    std::shared_ptr<ExitRecord> exit_;
    Held* held_ = nullptr;
    ResultSlot<int> result_;
    State state_ = State::ready;
};

}  // namespace yos
