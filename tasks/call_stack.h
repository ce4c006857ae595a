#pragma once

// The trampoline (pyos8): a task's call stack, made of coroutine frames that are linked from callee
// to caller. A call pushes a frame, a return pops one, a trap leaves the loop. Nothing here
// recurses on the native stack, so depth is bounded by memory alone, and a stack a million frames
// deep also unwinds in a loop.

#include "tasks/recycler.h"
#include "tasks/trap.h"

#include <coroutine>
#include <exception>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace yos {

class CallStack;

/// One activation record: the base of every coroutine's promise.
class Frame : public Recycled {
public:
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

protected:
    Frame() = default;
    ~Frame() = default;

    void destroy() { handle().destroy(); }

    CallStack* stack_ = nullptr;  ///< null until the coroutine is first called
    Frame* caller_ = nullptr;     ///< null in the frame that the task began with
    std::source_location where_;  ///< the suspension point: file, line and the coroutine's name

private:
    friend class CallStack;

    /// The promise begins with its Frame (checked in coroutine.h), so a frame finds its coroutine
    /// without storing the handle.
    std::coroutine_handle<Frame> handle() {
        return std::coroutine_handle<Frame>::from_promise(*this);
    }
};

/// A line of a backtrace.
struct StackEntry {
    std::string function;  ///< qualified name, without its parameters
    std::string file;      ///< path as given to the compiler
    unsigned line = 0;
};

StackEntry to_entry(const std::source_location& where);

class CallStack {
public:
    CallStack() = default;
    CallStack(const CallStack&) = delete;
    CallStack& operator=(const CallStack&) = delete;
    ~CallStack() { unwind(); }

    /// Pushes a frame; it runs at the next run(). The stack owns it until it returns.
    void push(Frame& callee) noexcept {
        callee.stack_ = this;
        callee.caller_ = top_;
        top_ = &callee;
    }

    /// Pops the returning frame, which is about to free itself.
    void pop() noexcept { top_ = top_->caller_; }

    /// Runs until the next trap, and gives it; null when the outermost frame has returned.
    Trap* run() {
        trap_ = nullptr;
        do {
            top_->handle().resume();
        } while (top_ != nullptr && trap_ == nullptr);
        return trap_;
    }

    /// Ends the current run() with `trap`.
    void leave_with(Trap& trap) noexcept { trap_ = &trap; }

    /// The trap that run() last gave and that is not yet done with; null when there is none.
    Trap* pending_trap() const noexcept { return trap_; }
    void trap_done() noexcept { trap_ = nullptr; }

    /// Makes the suspended trap throw `exception` when the stack runs next.
    void raise(std::exception_ptr exception) noexcept { in_flight_ = std::move(exception); }

    /// Throws what is in flight; called wherever a frame is resumed.
    void rethrow_in_flight() {
        if (in_flight_) [[unlikely]] {
            std::rethrow_exception(std::exchange(in_flight_, nullptr));
        }
    }

    /// What left the outermost frame; null when it returned.
    std::exception_ptr take_exception() noexcept { return std::exchange(in_flight_, nullptr); }

    /// Destroys all frames, innermost first, with their locals.
    void unwind() noexcept;

    bool empty() const noexcept { return top_ == nullptr; }

    /// Innermost first.
    std::vector<StackEntry> backtrace() const;

    /// Where the innermost frame is suspended. REQUIRES: not empty.
    std::source_location where() const noexcept { return top_->where_; }

private:
    Frame* top_ = nullptr;
    Trap* trap_ = nullptr;
    std::exception_ptr in_flight_;  ///< one at a time: thrown by the callee, not yet by its caller
};

}  // namespace yos
