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

/// What a task begins with: a coroutine. An int that it returns is its exit code.
class Main {
public:
    Main(Coroutine<void> plain) noexcept  // NOLINT(google-explicit-constructor)
        : frame_(std::exchange(plain.promise_, nullptr)) {}
    Main(Coroutine<int> with_code) noexcept  // NOLINT(google-explicit-constructor)
        : frame_(std::exchange(with_code.promise_, nullptr)), has_code_(true) {}
    Main(Main&& other) noexcept
        : frame_(std::exchange(other.frame_, nullptr)), has_code_(other.has_code_) {}
    Main& operator=(Main&&) = delete;
    ~Main() {
        if (frame_ != nullptr) {
            frame_->destroy();
        }
    }

    bool empty() const noexcept { return frame_ == nullptr; }

private:
    friend class Task;
    Frame* frame_;
    bool has_code_ = false;
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
    Task(Upcalls& upcalls, const Identity& identity, Main&& main, std::string&& name = {})
        : flags_(static_cast<std::uint8_t>((identity.kind == Kind::kernel ? is_kernel_ : 0) |
                                           (identity.joinable ? joinable_ : 0))),
          upcalls_(upcalls),
          tid_(identity.tid),
          parent_(identity.parent),
          job_(identity.job) {
        if (!name.empty() || main.has_code_) {
            keep(std::move(name), main);
        }
        push(*std::exchange(main.frame_, nullptr));
    }
    ~Task() {
        leave_unserved();
        unwind();
        if (extras_ != nullptr) {
            drop_extras();
        }
    }

    Tid tid() const noexcept { return tid_; }
    Tid parent() const noexcept { return parent_; }
    Tid job() const noexcept { return job_; }
    bool is_kernel() const noexcept { return has(is_kernel_); }

    /// Its parent is to learn how it ends: until then it is kept, as a zombie.
    bool joinable() const noexcept { return has(joinable_); }
    void detach() noexcept { set(joinable_, false); }

    /// The name it was given, or else that of its outermost coroutine.
    std::string name() const;

    State state() const noexcept { return state_; }
    void set_state(State state) noexcept { state_ = state; }

    /// Is it not run until its job is continued? Then its turn may have come already: it is held
    /// back, ready, but in no queue.
    bool stopped() const noexcept { return has(stopped_); }
    bool held_back() const noexcept { return has(held_back_); }

    /// System calls made, and times dispatched.
    std::uint64_t traps() const noexcept;
    std::uint64_t switches() const noexcept;
    void count_trap() noexcept { ++traps_; }

    /// The lower part of that count. It does not overflow during a run().
    std::uint16_t traps_low() const noexcept { return traps_; }

    /// How many traps of the next run(), at most 255, may go the short way. Asked before each.
    void allow_short_way(unsigned traps) noexcept {
        if (has(interruption_waits_) || traps_ >= traps_carried) [[unlikely]] {
            traps = allow_fewer(traps);
        }
        short_way_until_ = static_cast<std::uint8_t>(traps_ + traps);
    }
    void forbid_short_way() noexcept { short_way_until_ = static_cast<std::uint8_t>(traps_); }
    bool may_go_short_way() const noexcept {
        return short_way_until_ != static_cast<std::uint8_t>(traps_);
    }

    void count_switch() noexcept {
        if (++switches_ == 0) [[unlikely]] {
            carry_switches();
        }
    }

    Upcalls& upcalls() const noexcept { return upcalls_; }

    /// What stands in line for it: itself, or while a call waits for several things, the branch
    /// that is being handled.
    Waiter& waiter() noexcept { return upcalls_.branch == nullptr ? *this : *upcalls_.branch; }

    /// The record of its end, made for the first who asks.
    const Ref<ExitRecord>& exit() { return has_exit() ? extras_->exit : begin_exit(); }

    /// Does it own nothing but its frames, and nobody waits for its end?
    bool is_plain() const noexcept { return extras_ == nullptr && !joinable(); }

    bool has_exit() const noexcept { return extras_ != nullptr && extras_->exit; }
    bool awaited_by(const Task& other) const noexcept {
        return has_exit() && other.waits_in(extras_->exit->waiters);
    }

    /// What its coroutine has returned; 0 for one that returns nothing.
    int exit_code() const noexcept { return extras_ != nullptr ? extras_->exit_code.peek() : 0; }

    /// Its children that have ended and are kept until it has waited for them: they stand in line.
    Task* first_zombie() const noexcept {
        return extras_ != nullptr && !extras_->zombies.empty() ? extras_->zombies.first() : nullptr;
    }
    void add_zombie(Task& child) { extras().zombies.join(child); }

    // Interruptions: a cancellation, or deadlines that have expired, thrown at its next trap.
    bool interruption_waits() const noexcept { return has(interruption_waits_); }
    void let_interruption_wait(bool waits) noexcept { set(interruption_waits_, waits); }
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
        std::uint64_t traps = 0;  ///< in units of 2^15, the lower part being in the task
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
    void keep(std::string&& name, const Main& main);
    void drop_extras() noexcept;
    const Ref<ExitRecord>& begin_exit();
    unsigned allow_fewer(unsigned traps) noexcept;
    void carry_switches() noexcept;

    friend class Jobs;        // stopped_, held_back_
    friend class ReadyQueue;  // left_in_ready_queue_, abandoned_

    bool has(unsigned flags) const noexcept { return (flags_ & flags) != 0; }
    void set(std::uint8_t flag, bool on) noexcept {
        flags_ = static_cast<std::uint8_t>(on ? flags_ | flag : flags_ & ~flag);
    }

    // Flags, of which the dispatch loop asks for two at once.
    static constexpr std::uint8_t left_in_ready_queue_ = 1;  // ended while in there
    static constexpr std::uint8_t abandoned_ = 2;  // to be deleted when the ready queue comes to it
    static constexpr std::uint8_t stopped_ = 4;
    static constexpr std::uint8_t held_back_ = 8;
    static constexpr std::uint8_t interruption_waits_ = 16;
    static constexpr std::uint8_t is_kernel_ = 32;
    static constexpr std::uint8_t joinable_ = 64;
    static constexpr std::uint16_t traps_carried = 1U << 15;

    // Small things first: they fill the gap that the call stack leaves at its end.
    std::uint8_t flags_ = 0;
    State state_ = State::ready;
    std::uint8_t short_way_until_ = 0;  // the last byte of traps_ that closes it
    std::uint16_t traps_ = 0;           // the lower parts; see Extras
    std::uint16_t switches_ = 0;

    Upcalls& upcalls_;
    Tid tid_;
    Tid parent_;
    Tid job_;
    Extras* extras_ = nullptr;
};

bool WaitQueue::others_ahead_of(Task& task) const noexcept {
    return first_ != nullptr && !task.waiter().waits_in(*this);
}

}  // namespace yos
