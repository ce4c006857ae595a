#pragma once

// The trampoline (pyos8): a task's call stack, made of coroutine frames that are linked from callee
// to caller. A call pushes a frame, a return pops one, a trap that is not answered at once leaves
// the loop. Nothing here recurses on the native stack, so depth is bounded by memory alone, and a
// stack a million frames deep also unwinds in a loop.

#include "tasks/memory_range.h"
#include "tasks/recycler.h"
#include "tasks/trap.h"

#include <bit>
#include <cassert>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace yos {

class CallStack;

/// A place in the source, as the compiler knows it. A bare pointer, because GCC keeps an argument
/// of class type in the coroutine's frame: 8 bytes for each co_yield and co_await.
using CallSite = const void*;

inline std::source_location location_of(CallSite site) {
    static_assert(sizeof(std::source_location) == sizeof(CallSite));
    return std::bit_cast<std::source_location>(site);
}

/// One activation record: the base of every coroutine's promise.
class Frame : public RecycledFrame {
public:
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

protected:
    /// GCC 12 has 8 bytes before the frame of a coroutine that has no local variable but a co_await
    /// in the condition of an if, a while or a switch: so it cannot be found by its promise.
    Frame() {
        assert(reinterpret_cast<std::uintptr_t>(this) % __STDCPP_DEFAULT_NEW_ALIGNMENT__ == 0 &&
               "the compiler has misplaced this frame: give what a condition awaits a name");
    }
    ~Frame() = default;

    void destroy() { handle().destroy(); }

    Frame* caller_ = nullptr;   ///< null in the frame that the task began with
    CallSite where_ = nullptr;  ///< the suspension point: file, line and the coroutine's name

private:
    friend class CallStack;
    friend class Main;

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
    CallStack() noexcept : trap_(nullptr) {}
    CallStack(const CallStack&) = delete;
    CallStack& operator=(const CallStack&) = delete;
    ~CallStack() { unwind(); }

    /// The one whose turn it is, on this thread: what Linux calls `current`. Null when there is
    /// none, or its task has ended.
    static CallStack* current() noexcept { return current_; }

    /// The same, for its frames, which know that there is one.
    static CallStack& running() noexcept {
        assert(current_ != nullptr && "no coroutine is running on this thread");
        return *current_;
    }

    // ---- For who runs it ----

    /// It is this one's turn, until it is another's.
    void make_current() noexcept { current_ = this; }
    static void make_none_current() noexcept { current_ = nullptr; }

    /// Whoever runs stacks has one of these meanwhile: it may itself be called from a frame.
    class Runner {
    public:
        Runner() = default;
        Runner(const Runner&) = delete;
        Runner& operator=(const Runner&) = delete;
        ~Runner() { current_ = outer_; }

    private:
        CallStack* const outer_ = current_;
    };

    /// What a run() has ended with.
    enum class RunEnd {
        trap,   ///< one that is pending
        yield,  ///< a trap that is done: others are to have their turn
        end,    ///< its own: there will not be another
    };

    /// Runs until a trap ends it, or the outermost frame has come to its end. Of the current one.
    RunEnd run() {
        assert(current_ == this && "another is running: make this one current first");
        do {
            top_->handle().resume();
        } while (stage_ <= Stage::raised);
        return stage_ == Stage::answered  ? RunEnd::yield
               : stage_ == Stage::trapped ? RunEnd::trap
                                          : RunEnd::end;
    }

    /// The trap that the last run() ended with, until that is done with.
    Trap& trap() const noexcept {
        assert(stage_ == Stage::trapped && "there is no trap: run() has not ended with one");
        return *trap_;
    }

    /// The trap that run() last gave and that is not yet done with; null when there is none.
    Trap* pending_trap() const noexcept { return stage_ == Stage::trapped ? trap_ : nullptr; }

    /// The pending trap has its result, for the next run() to take.
    void trap_done() noexcept { stage_ = Stage::answered; }

    /// Makes the pending trap, or the frame that has not yet begun, throw at the next run().
    void raise(std::exception_ptr exception) noexcept;

    /// What left the outermost frame; null when it returned.
    std::exception_ptr take_exception() noexcept;
    bool has_failed() const noexcept { return stage_ == Stage::failed; }

    /// Destroys all frames, innermost first, with their locals.
    void unwind() noexcept {
        if (stage_ != Stage::unwound) {
            destroy_frames();
        }
    }

    /// Innermost first.
    std::vector<StackEntry> backtrace() const;

    /// Whether a frame of it was compiled into `module`: it would crash without.
    bool runs_code_of(const MemoryRange& module) const noexcept;

    /// Where the outermost frame is suspended, or was last: tells the name of its coroutine.
    std::source_location outermost() const noexcept;

    // ---- For the frames ----

    /// Pushes a frame; it runs next. The stack owns it until it returns.
    void push(Frame& callee) noexcept {
        callee.caller_ = top_;
        top_ = &callee;
    }

    /// The innermost frame. For frames only, so there is one.
    Frame& top() const noexcept {
        assert(top_ != nullptr && "there are no frames");
        return *top_;
    }

    /// The innermost frame has come to its end; true when it is to free itself. If it is the
    /// outermost and an exception has left it, it stays until the stack is unwound, for its name.
    bool pop() noexcept {
        Frame& ended = *top_;
        if (ended.caller_ == nullptr) [[unlikely]] {
            if (stage_ == Stage::raised) {
                stage_ = Stage::failed;
                return false;
            }
            began_in_ = ended.where_;
            stage_ = Stage::unwound;
        }
        top_ = ended.caller_;
        return true;
    }

    /// The innermost frame traps. If the trap is done there and then, and its result or exception
    /// there to be taken, the frame goes on. Or else it suspends, after one of end_run_...().
    void make_trap(Trap& trap) noexcept { trap_ = &trap; }
    Trap& made_trap() const noexcept { return *trap_; }
    void end_run_with_trap() noexcept { stage_ = Stage::trapped; }
    void end_run_with_yield() noexcept { stage_ = Stage::answered; }
    void end_run_for_good() noexcept { stage_ = Stage::finished; }

    /// The trap that was made last, now that it has its result; throws if it has not.
    Trap& take_trap() {
        rethrow_if_raised();
        stage_ = Stage::running;
        return *trap_;
    }

    /// Throws what the callee has thrown, or who resumed the stack has raised.
    void rethrow_if_raised() {
        if (stage_ == Stage::raised) [[unlikely]] {
            rethrow();
        }
    }

private:
    /// What the next run(), or the next frame of this one, goes on with.
    enum class Stage : std::uint8_t {
        running,   ///< nothing particular
        raised,    ///< in_flight_ is to be thrown
        trapped,   ///< trap_ is pending
        answered,  ///< trap_ has its result
        finished,  ///< what is left of the frames will not run any more
        failed,    ///< in_flight_ has left the outermost frame
        unwound,   ///< there are no frames any more; the outermost was at began_in_
    };

    void destroy_frames() noexcept;
    [[noreturn]] void rethrow();
    void drop_exception() noexcept;

    // Visible whatever the compiler is told: a loaded module uses the executable's.
    [[gnu::visibility("default")]] static inline constinit thread_local CallStack* current_ =
        nullptr;

    Frame* top_ = nullptr;
    union {  // by the stage
        Trap* trap_;
        std::exception_ptr in_flight_;
        CallSite began_in_;
    };
    Stage stage_ = Stage::running;
};

}  // namespace yos
