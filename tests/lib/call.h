#pragma once

// Coroutines without a kernel, for tests of the tasks/ floor: a stack to run them on, and a trap
// that means nothing.

#include "tasks/coroutine.h"
#include "tests/lib/catch.h"

#include <exception>
#include <ostream>
#include <utility>

namespace yos {

/// Leaves the stack's run(); the next run() goes on behind it.
class Pause final : public Trap {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return Outcome::Kind::completed; }
    void print_result(std::ostream& out) const override { out << "done"; }
    void take_result() {}
};

/// A coroutine on a stack of its own.
template <class T>
class Running {
public:
    explicit Running(Coroutine<T> main) {
        Frame& frame = std::move(main).release();
        Coroutine<T>::return_into(result, frame);
        stack.push(frame);
    }

    /// Lets it run until it pauses or ends. False when it has ended.
    bool step() {
        const CallStack::Runner runner;
        stack.make_current();
        if (stack.run() == CallStack::RunEnd::trap) {
            return true;
        }
        exception_ = stack.take_exception();
        stack.unwind();
        return false;
    }

    /// What it evaluates to, or throws, once it has ended.
    T take() {
        if (exception_) {
            std::rethrow_exception(exception_);
        }
        return result.take();
    }

    CallStack stack;
    ResultSlot<T> result;

private:
    std::exception_ptr exception_;
};

/// Calls a coroutine as if it were a function. REQUIRES: it does not pause.
template <class T>
T call(Coroutine<T> main) {
    Running<T> running(std::move(main));
    REQUIRE(!running.step());
    return running.take();
}

}  // namespace yos
