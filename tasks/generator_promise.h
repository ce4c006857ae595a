#pragma once

// What the compiler needs of a Generator: its promise, and what co_yield and co_await do in it. See
// generator.h for what it is.

#include "tasks/coroutine.h"
#include "tasks/generator_frame.h"

#include <coroutine>
#include <memory>
#include <type_traits>
#include <utility>

namespace yos {

template <class Yield, class Send, class Return>
class Generator;

/// For a generator whose Yield is void, as in `co_yield nothing`.
struct Nothing {};
inline constexpr Nothing nothing;

/// What next() can send an empty one of: std::optional and std::any, or void.
template <class Send>
inline constexpr bool sent_by_next = std::is_void_v<Send> || requires(Send value) {
    Send();
    value.has_value();
};

/// co_yield in a generator: resumed by whoever drives it.
template <class Yield, class Send>
class YieldAwaiter {
public:
    YieldAwaiter(GeneratorFrame& frame, Yield&& value)
        : frame_(frame), value_(std::forward<Yield>(value)) {}

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> /*self*/) noexcept {
        frame_.yield(const_cast<void*>(static_cast<const void*>(std::addressof(value_))));
    }
    Send await_resume() {
        frame_.rethrow_if_raised();
        if constexpr (!std::is_void_v<Send>) {
            using Object = std::remove_reference_t<Send>;
            if constexpr (sent_by_next<Send>) {
                if (frame_.sent() == nullptr) {
                    return Send();
                }
            }
            return static_cast<Send&&>(*static_cast<Object*>(const_cast<void*>(frame_.sent())));
        }
    }

private:
    static_assert(fits_a_frame<Yield>,
                  "coroutine frames are not aligned for this type: use a std::unique_ptr to it");

    GeneratorFrame& frame_;
    Yield value_;
};

/// co_await of a generator in a generator: resumed when that one has ended.
template <class Yield, class Send, class Return>
class DelegationAwaiter {
    using Callee = Generator<Yield, Send, Return>;

public:
    DelegationAwaiter(GeneratorFrame& frame, typename Callee::promise_type& callee)
        : frame_(frame), callee_(callee) {}

    bool await_ready() const noexcept { return callee_.has_ended(); }
    void await_suspend(std::coroutine_handle<> /*self*/) noexcept { frame_.delegate_to(callee_); }
    Return await_resume() {
        frame_.rethrow_if_raised();  // closed, and the callee is gone
        Callee callee(callee_);
        callee_.rethrow_if_raised();
        return std::move(callee).result();
    }

private:
    GeneratorFrame& frame_;
    typename Callee::promise_type& callee_;  // owned by whoever drives the chain, until it ends
};

/// The part of a promise that takes what the generator returns.
template <class Return>
class GeneratorResult {
public:
    template <class U = Return>
    void return_value(U&& value) {
        result_.put(std::forward<U>(value));
    }
    ResultSlot<Return>& result() noexcept { return result_; }

private:
    ResultSlot<Return> result_;
};

template <>
class GeneratorResult<void> {
public:
    void return_void() noexcept {}
    ResultSlot<void>& result() noexcept { return result_; }

private:
    [[no_unique_address]] ResultSlot<void> result_;
};

template <class Yield, class Send, class Return>
class GeneratorPromise : public GeneratorFrame, public GeneratorResult<Return> {
    using Yielded = std::conditional_t<std::is_void_v<Yield>, Nothing, Yield>;

public:
    GeneratorPromise() noexcept
        : GeneratorFrame(std::coroutine_handle<GeneratorPromise>::from_promise(*this)) {}

    Generator<Yield, Send, Return> get_return_object() noexcept {
        return Generator<Yield, Send, Return>(*this);
    }

    YieldAwaiter<Yielded, Send> yield_value(Yielded value) {
        return {*this, std::forward<Yielded>(value)};
    }

    template <class R>
    DelegationAwaiter<Yield, Send, R> await_transform(Generator<Yield, Send, R>&& callee) {
        return {*this, std::move(callee).give_away()};
    }

    // What is refused, with a reason the compiler can print.

    template <Yieldable C>
    std::suspend_always yield_value(C&& /*call*/) {
        static_assert(!std::is_same_v<C, C>,
                      "a generator does not trap: the task that drives it does");
        return {};
    }

    template <class X>
    std::suspend_always await_transform(X&& /*awaitable*/) {
        static_assert(!std::is_same_v<X, X>,
                      "co_await in a generator delegates to another one, which yields and is sent "
                      "the same types: write co_await other(...), or co_await std::move(it)");
        return {};
    }
};

}  // namespace yos
