#pragma once

// What runs a generator: the chain of those that delegate to each other. It is a call stack of its
// own kind, as CallStack is for tasks. The outermost frame, which the Generator owns, knows the
// innermost and resumes it directly, so a step costs the same at any depth; and whatever goes
// through the chain (returns, exceptions, its end) does so in a loop.

#include "tasks/contract.h"
#include "tasks/generator_errors.h"
#include "tasks/recycler.h"

#include <coroutine>
#include <cstdint>
#include <exception>
#include <utility>

namespace yos {

/// The base of every generator's promise.
class GeneratorFrame : public RecycledFrame {
public:
    GeneratorFrame(const GeneratorFrame&) = delete;
    GeneratorFrame& operator=(const GeneratorFrame&) = delete;

    // ---- For who drives the chain, by its outermost frame ----

    bool has_ended() const noexcept { return stage_ >= Stage::returned; }
    bool has_returned() const noexcept { return stage_ == Stage::returned; }
    bool is_suspended() const noexcept { return stage_ == Stage::suspended; }
    bool is_created() const noexcept { return stage_ == Stage::created; }

    void check_that_it_does_not_run() const {
        if (stage_ == Stage::running) [[unlikely]] {
            throw AlreadyExecuting();
        }
    }

    // The next three throw AlreadyExecuting, and what leaves the outermost.

    /// Runs to the next co_yield or to the end; `sent` is for the co_yield where it stands now. In
    /// Debug throws std::logic_error when it has ended.
    void resume_with(const void* sent) {
        check_in_debug(!has_ended(), "a generator that has ended was asked for one more value");
        check_that_it_does_not_run();
        innermost_->sent_ = sent;
        run();
    }

    /// Has the co_yield where it stands throw, and runs to the next one or to the end. Throws
    /// `exception` itself when it stands at none: not begun yet, or ended.
    void raise(std::exception_ptr exception);

    /// Throws GeneratorExit into all frames, the innermost first; and what comes out in its place.
    void close();

    /// What the innermost has yielded. In Debug throws std::logic_error unless it is suspended.
    void* yielded() const {
        check_in_debug(is_suspended(), "a generator that is not at a co_yield has no value");
        return innermost_->yielded_;
    }

    /// Frees all frames, the innermost first, with their locals. Not for one of these to call.
    void destroy() noexcept;

    // ---- For the frames ----

    /// Is left with a value for who drives the chain.
    void yield(void* value) noexcept { yielded_ = value; }

    /// What was sent to the co_yield that it has left; null for next().
    const void* sent() const noexcept { return sent_; }

    /// Throws what was raised in it, or, when it has ended, what left it.
    void rethrow_if_raised() {
        if (exception_) [[unlikely]] {
            std::rethrow_exception(std::exchange(exception_, nullptr));
        }
    }

    /// From now on `callee` runs in its place, until that has ended.
    void delegate_to(GeneratorFrame& callee) noexcept { callee_ = &callee; }

    std::suspend_always initial_suspend() const noexcept { return {}; }
    std::suspend_always final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept;

protected:
    explicit GeneratorFrame(std::coroutine_handle<> self) noexcept : self_(self) {}
    ~GeneratorFrame() = default;

private:
    enum class Stage : std::uint8_t {
        created,
        suspended,   ///< at a co_yield
        running,     ///< or one runs that it delegates to
        returned,    ///< ended by co_return
        broken_off,  ///< ended by an exception, or before it began
    };

    void run();
    void push(GeneratorFrame& callee) noexcept;
    void settle() noexcept { stage_ = exception_ ? Stage::broken_off : Stage::returned; }
    std::exception_ptr close_delegates();
    std::exception_ptr close_alone(std::exception_ptr exception);

    std::coroutine_handle<> self_;
    GeneratorFrame* innermost_ = this;     // while it is the outermost
    GeneratorFrame* delegator_ = nullptr;  // who awaits it
    GeneratorFrame* callee_ = nullptr;     // it has just been left for this one
    void* yielded_ = nullptr;
    const void* sent_ = nullptr;
    std::exception_ptr exception_;
    Stage stage_ = Stage::created;
};

inline void GeneratorFrame::run() {
    stage_ = Stage::running;
    for (;;) {
        GeneratorFrame& frame = *innermost_;
        frame.self_.resume();
        if (frame.callee_ != nullptr) {
            push(*std::exchange(frame.callee_, nullptr));
        } else if (!frame.self_.done()) {
            stage_ = Stage::suspended;
            return;
        } else {
            frame.settle();
            if (&frame == this) {
                return rethrow_if_raised();
            }
            innermost_ = frame.delegator_;
        }
    }
}

/// The callee may have delegates of its own, if it was driven before.
inline void GeneratorFrame::push(GeneratorFrame& callee) noexcept {
    callee.delegator_ = innermost_;
    innermost_ = callee.innermost_;
    innermost_->sent_ = nullptr;
}

}  // namespace yos
