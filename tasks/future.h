#pragma once

// A result that is still to come (asyncio's Future): set once, by whoever has it, and heard of by
// callbacks, in the order in which they were added, or by tasks that wait for it: see WaitFuture.
// Copies are the same future. It belongs to no task and needs no kernel, so an event loop of one's
// own can be built of it.

#include "tasks/coroutine.h"
#include "tasks/ref.h"
#include "tasks/wait_queue.h"

#include <exception>
#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace yos {

/// The result was asked for before it was there.
class ResultNotSet : public std::logic_error {
public:
    ResultNotSet() : std::logic_error("the result of this future is not set yet") {}
};

/// A result was to be set where there is one already.
class ResultAlreadySet : public std::logic_error {
public:
    ResultAlreadySet() : std::logic_error("the result of this future is set already") {}
};

template <class T = void>
class Future {
public:
    using Callback = std::function<void(Future)>;

    Future() : state_(new State) {}

    /// Throws ResultAlreadySet, or what a callback throws, after all have been called.
    template <class... Value>
    void set_result(Value&&... value) {
        check_not_done();
        if constexpr (!std::is_void_v<T>) {
            state_->result.put(T(std::forward<Value>(value)...));
        }
        finish();
    }
    void set_exception(std::exception_ptr exception) {
        check_not_done();
        state_->exception = std::move(exception);
        finish();
    }

    bool done() const { return state_->done; }

    /// Throws ResultNotSet, or the exception that was set.
    std::add_lvalue_reference_t<const T> result() const {
        if (!done()) {
            throw ResultNotSet();
        }
        if (state_->exception != nullptr) {
            std::rethrow_exception(state_->exception);
        }
        if constexpr (!std::is_void_v<T>) {
            return state_->result.peek();
        }
    }

    /// Will be called with this future when it is done: at once if it is.
    void add_done_callback(Callback callback) {
        if (done()) {
            callback(*this);
        } else {
            state_->callbacks.push_back(std::move(callback));
        }
    }

    /// Where tasks wait in WaitFuture.
    WaitQueue& waiters() const { return state_->waiters; }

private:
    struct State : RefCounted {
        bool done = false;
        ResultSlot<T> result;
        std::exception_ptr exception;
        std::vector<Callback> callbacks;
        WaitQueue waiters{};
    };

    void check_not_done() const {
        if (done()) {
            throw ResultAlreadySet();
        }
    }

    void finish() {
        state_->done = true;
        state_->waiters.wake_in_turn();
        const Future self = *this;  // a callback may drop the last other copy
        std::exception_ptr thrown;
        for (const Callback& callback : std::exchange(state_->callbacks, {})) {
            try {
                callback(self);
            } catch (...) {
                thrown = thrown != nullptr ? thrown : std::current_exception();
            }
        }
        if (thrown != nullptr) {
            std::rethrow_exception(thrown);
        }
    }

    Ref<State> state_;
};

}  // namespace yos
