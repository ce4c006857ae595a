#pragma once

// A task (pyos1): a call stack of coroutines with a tid, a parent, a state and two counters. What
// else the kernel must know of it hangs on here; what only some tasks need hangs on by a pointer.

#include "tasks/call_stack.h"
#include "tasks/coroutine.h"
#include "tasks/exit_status.h"
#include "tasks/ref.h"
#include "tasks/tid.h"
#include "tasks/upcalls.h"
#include "tasks/wait_queue.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace yos {

class Deadline;
class GroupMember;

/// What a task begins with. An int that it returns is its exit code.
class Main {
public:
    Main(Coroutine<void> plain) noexcept : plain_(std::move(plain)) {}  // NOLINT(*-explicit-*)
    Main(Coroutine<int> with_code) noexcept : with_code_(std::move(with_code)) {}  // NOLINT

    bool empty() const noexcept { return plain_.empty() && with_code_.empty(); }

private:
    friend class Task;
    Coroutine<void> plain_{};
    Coroutine<int> with_code_{};  // one of the two is empty
};

/// A task's end, kept for those who wait for it: they hold it, so it outlives the task.
struct ExitRecord : RefCounted, Recycled {
    std::optional<ExitStatus> status = {};  ///< none while the task lives
    Task* zombie = nullptr;                 ///< itself, until its parent has waited for it
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

class Task : public Waiter, public CallStack, public Recycled {
public:
    enum class State : std::uint8_t { ready, running, blocked, zombie };
    enum class Kind : std::uint8_t { user, kernel };

    struct Identity {
        Tid tid;
        Tid parent;
        Tid job;  ///< the tid of the task that leads its job
        Kind kind = Kind::user;
        bool joinable = false;
    };

    /// Without a name it is named by its coroutine.
    Task(Upcalls& upcalls, const Identity& identity, Main&& main, std::string&& name = {});
    ~Task();

    Tid tid() const noexcept { return tid_; }
    Tid parent() const noexcept { return parent_; }
    Tid job() const noexcept { return job_; }
    bool is_kernel() const noexcept { return is_kernel_; }

    /// Its parent is to learn how it ends: until then it is kept, as a zombie.
    bool joinable() const noexcept { return joinable_; }
    void detach() noexcept { joinable_ = false; }

    /// The name it was given, or else that of its outermost coroutine.
    std::string name() const;

    State state() const noexcept { return state_; }
    void set_state(State state) noexcept { state_ = state; }

    /// Is it not run until its job is continued? Then its turn may have come already: it is held
    /// back, ready, but in no queue.
    bool stopped() const noexcept { return stopped_; }
    bool held_back() const noexcept { return held_back_; }

    /// System calls made, and times dispatched.
    std::uint64_t traps() const noexcept;
    std::uint64_t switches() const noexcept;
    void count_trap() noexcept {
        if (++traps_ == 0) [[unlikely]] {
            carry(&Extras::traps);
        }
    }
    void count_switch() noexcept {
        if (++switches_ == 0) [[unlikely]] {
            carry(&Extras::switches);
        }
    }

    Upcalls& upcalls() const noexcept { return upcalls_; }

    /// What stands in line for it: itself, or while a call waits for several things, the branch
    /// that is being handled.
    Waiter& waiter() noexcept { return upcalls_.branch == nullptr ? *this : *upcalls_.branch; }

    /// The record of its end, made for the first who asks.
    const Ref<ExitRecord>& exit();
    bool has_exit() const noexcept { return extras_ != nullptr && extras_->exit; }
    bool awaited_by(const Task& other) const noexcept {
        return has_exit() && other.waits_in(extras_->exit->waiters);
    }

    /// What its coroutine has returned; 0 for one that returns nothing.
    int exit_code() const noexcept { return extras_ != nullptr ? extras_->exit_code.peek() : 0; }

    /// Its children that have ended and are kept until it has waited for them: they stand in line.
    Task* first_zombie() const noexcept {
        return extras_ != nullptr ? extras_->zombies.first() : nullptr;
    }
    void add_zombie(Task& child) { extras().zombies.join(child); }

    // Interruptions: a cancellation, or deadlines that have expired, thrown at its next trap.
    bool interruption_waits() const noexcept { return interruption_waits_; }
    void let_interruption_wait(bool waits) noexcept { interruption_waits_ = waits; }
    void cancel(std::exception_ptr with) { extras().cancellation = std::move(with); }
    std::exception_ptr take_cancellation() noexcept;
    Deadline* deadlines() const noexcept { return extras_ ? extras_->deadlines : nullptr; }
    void set_deadlines(Deadline* innermost) { extras().deadlines = innermost; }

    /// Its place in a group of tasks; null when it is in none.
    GroupMember* member() const noexcept { return extras_ != nullptr ? extras_->member : nullptr; }
    void set_member(GroupMember* member) { extras().member = member; }

    /// Where its relative paths begin: an absolute path without a / at its end, or null for where
    /// the kernel was started. Children inherit it.
    const std::string* directory() const noexcept {
        return extras_ != nullptr ? extras_->directory.get() : nullptr;
    }
    void inherit_directory(const Task& parent) {
        if (parent.directory() != nullptr) {
            set_directory(parent.extras_->directory);
        }
    }
    void set_directory(std::shared_ptr<const std::string> directory) {
        extras().directory = std::move(directory);
    }

    // What it owns.
    void holds(Held& held);
    void gave_back(Held& held) noexcept;
    bool holds_anything() const noexcept { return extras_ != nullptr && extras_->held != nullptr; }
    void abandon_held() noexcept;
    bool holds_one_of(const MemoryRange& module) const noexcept;

private:
    /// What few tasks have, so that a task which only waits takes 88 bytes.
    struct Extras : Recycled {
        std::string name;
        std::uint64_t traps = 0;  ///< in units of 2^16, the lower part being in the task
        std::uint64_t switches = 0;
        Ref<ExitRecord> exit;
        WaitQueue zombies{};
        ResultSlot<int> exit_code;
        std::exception_ptr cancellation;  ///< null when not cancelled
        Deadline* deadlines = nullptr;    ///< those set for this task, innermost first
        Held* held = nullptr;
        GroupMember* member = nullptr;
        std::shared_ptr<const std::string> directory;
    };

    Extras& extras();
    void carry(std::uint64_t Extras::*counter) noexcept;

    friend class Jobs;        // stopped_, held_back_
    friend class ReadyQueue;  // left_in_ready_queue_, abandoned_

    // Small things first: they fill the gap that the call stack leaves at its end.
    bool left_in_ready_queue_ : 1 = false;  // ended while in there
    bool abandoned_ : 1 = false;            // to be deleted when the ready queue comes to it
    bool stopped_ : 1 = false;
    bool held_back_ : 1 = false;
    bool interruption_waits_ : 1 = false;
    bool is_kernel_ : 1;
    bool joinable_ : 1;
    State state_ = State::ready;
    std::uint16_t traps_ = 0;  // the lower parts; see Extras
    std::uint16_t switches_ = 0;

    Upcalls& upcalls_;
    Tid tid_;
    Tid parent_;
    Tid job_;
    Extras* extras_ = nullptr;
};

}  // namespace yos
