#pragma once

// Coroutine<T> is a function that a task can call and that can trap. Two verbs, and no third:
//
//     Tid me = co_yield GetTid{};          // traps into the kernel, evaluates to the call's result
//     auto line = co_await read_line(in);  // calls a subroutine, evaluates to what it returns
//
// A Coroutine is lazy (it runs when it is awaited or made a task), owning (dropped before that, it
// frees its frame), move-only, and awaited once. Exceptions cross frames as in functions. Take
// parameters by value: a reference may be dead when the body runs, and a const& or && is refused
// (coroutine_parameters.h), as is a lambda that captures. Keep what is over-aligned out of its
// locals: compilers do not align a frame for it.

#include "tasks/call_stack.h"
#include "tasks/coroutine_parameters.h"

#include <cassert>
#include <concepts>
#include <coroutine>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace yos {

template <class T>
class Coroutine;

/// A system call as co_yield sees it: a trap that has a result to take.
template <class C>
concept Yieldable = std::derived_from<C, Trap> && requires(C& call) {
    call.take_result();
};

/// What may live in a frame: compilers align a frame as operator new does, and what is in it too.
template <class T>
inline constexpr bool fits_a_frame = alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Where a callee puts its result: in the awaiting caller's frame, so that the callee's own frame
/// is gone before its caller goes on.
template <class T>
class ResultSlot {
    static_assert(fits_a_frame<T>,
                  "coroutine frames are not aligned for this type: use a std::unique_ptr to it");

public:
    template <class U>
    void put(U&& value) {
        value_.emplace(std::forward<U>(value));
    }
    T take() {
        if constexpr (is_optional<T>) {
            // It was put in two pieces, and so it is taken in two. If it were read as one, the
            // processor would have to wait until both are written: a quarter of a message's cost.
            return *value_ ? T(std::in_place, **std::move(value_)) : T(std::nullopt);
        } else {
            return *std::move(value_);
        }
    }
    const T& peek() const { return *value_; }
    bool filled() const { return value_.has_value(); }

private:
    std::optional<T> value_;
};

template <class T>
class ResultSlot<T&> {
public:
    void put(T& value) { value_ = &value; }
    T& take() { return *value_; }
    const T& peek() const { return *value_; }
    bool filled() const { return value_ != nullptr; }

private:
    T* value_ = nullptr;
};

template <>
class ResultSlot<void> {
public:
    void take() {}
};

/// A call that may be done without leaving its caller. `go_short_way`, which is found beside the
/// call's class, does it and is true; or it ends the caller's run (see CallStack::make_trap).
template <class C>
concept GoesShortWay = !std::is_abstract_v<C> && requires(C & call, CallStack& caller) {
    { go_short_way(call, caller) } -> std::same_as<bool>;
};

/// co_yield in a Coroutine: goes on if the call is done at once. Otherwise it leaves the
/// trampoline with the call, and is resumed by the kernel when that is done. Without a member,
/// since each suspension's awaiter takes up room in the frame.
template <Yieldable C>
class TrapAwaiter {
    static_assert(fits_a_frame<C>,
                  "coroutine frames are not aligned for this type: use a std::unique_ptr to it");

public:
    explicit TrapAwaiter(C& call) noexcept { CallStack::running().make_trap(call); }

    [[gnu::always_inline]] bool await_ready() const {
        CallStack& caller = CallStack::running();
        if constexpr (GoesShortWay<C>) {
            return go_short_way(static_cast<C&>(caller.made_trap()), caller);
        } else {
            caller.end_run_with_trap();
            return false;
        }
    }
    void await_suspend(std::coroutine_handle<> /*self*/) noexcept {}
    decltype(auto) await_resume() {
        return static_cast<C&>(CallStack::running().take_trap()).take_result();
    }
};

/// co_await in a Coroutine: the callee has been pushed; resumed by the trampoline when the callee
/// has returned.
template <class T>
class CallAwaiter {
public:
    bool await_ready() const noexcept { return false; }

    /// Not before this has the awaiter come to its place in the frame.
    void await_suspend(std::coroutine_handle<> /*caller*/) noexcept {
        Coroutine<T>::return_into(slot_, CallStack::running().top());
    }
    T await_resume() {
        CallStack::running().rethrow_if_raised();
        return slot_.take();
    }

private:
    [[no_unique_address]] ResultSlot<T> slot_;
};

/// The end of a Coroutine: it does not suspend any more, and so frees its frame.
class FinalAwaiter {
public:
    explicit FinalAwaiter(bool free_frame) noexcept : free_frame_(free_frame) {}

    bool await_ready() const noexcept { return free_frame_; }
    void await_suspend(std::coroutine_handle<> /*self*/) noexcept {}
    void await_resume() const noexcept {}

private:
    bool free_frame_;
};

/// What all promises share: suspension, exceptions, and the two verbs.
class PromiseBase : public Frame {
public:
    std::suspend_always initial_suspend() noexcept { return {}; }
    FinalAwaiter final_suspend() noexcept { return FinalAwaiter(CallStack::running().pop()); }

    void unhandled_exception() noexcept { CallStack::running().raise(std::current_exception()); }

    template <Yieldable C>
    TrapAwaiter<C> yield_value(C&& call, CallSite where = __builtin_source_location()) {
        where_ = where;
        return TrapAwaiter<C>(call);
    }

    template <class U>
    CallAwaiter<U> await_transform(Coroutine<U>&& callee,
                                   CallSite where = __builtin_source_location()) {
        if (callee.empty()) {
            throw std::logic_error("co_await of an empty coroutine: it was awaited or moved away");
        }
        where_ = where;
        CallStack::running().push(std::move(callee).release());
        return {};
    }

    // What is refused, with a reason the compiler can print.

    template <class X>
    requires(!Yieldable<X>) std::suspend_always yield_value(X&& /*value*/) {
        static_assert(!std::is_lvalue_reference_v<X> || !Yieldable<std::remove_reference_t<X>>,
                      "a system call is yielded once: write co_yield Call{...}");
        static_assert(Yieldable<std::remove_cvref_t<X>>,
                      "co_yield traps into the kernel: only a system call can be yielded");
        return {};
    }

    template <class U>
    std::suspend_always await_transform(Coroutine<U>& /*callee*/) {
        static_assert(!std::is_same_v<U, U>,
                      "a subroutine is awaited once: write co_await std::move(it)");
        return {};
    }

    template <class X>
    std::suspend_always await_transform(X&& /*awaitable*/) {
        static_assert(!std::is_same_v<X, X>,
                      "co_await calls a Coroutine; a system call is yielded: co_yield Call{...}");
        return {};
    }
};

template <class T>
class Promise : public PromiseBase {
public:
    Coroutine<T> get_return_object(CallSite where = __builtin_source_location()) {
        where_ = where;
        return Coroutine<T>(*this);
    }

    template <class U = T>
    void return_value(U&& value) {
        slot_->put(std::forward<U>(value));
    }

private:
    friend class Coroutine<T>;
    ResultSlot<T>* slot_ = nullptr;
};

template <>
class Promise<void> : public PromiseBase {
public:
    Coroutine<void> get_return_object(CallSite where = __builtin_source_location());

    void return_void() noexcept {}

private:
    friend class Coroutine<void>;
};

template <class T = void>
class [[nodiscard]] Coroutine {
public:
    using promise_type = Promise<T>;

    Coroutine(Coroutine&& other) noexcept : promise_(std::exchange(other.promise_, nullptr)) {}
    Coroutine& operator=(Coroutine&& other) noexcept {
        std::swap(promise_, other.promise_);
        return *this;
    }
    ~Coroutine() {
        if (promise_ != nullptr) {
            promise_->destroy();
        }
    }

    /// True once it was awaited, made a task, or moved away.
    bool empty() const noexcept { return promise_ == nullptr; }

    /// Gives the frame away. Not of an empty one.
    Frame& release() && noexcept {
        assert(!empty() && "a coroutine that was awaited or moved away is used again");
        static_assert(alignof(promise_type) <= 2 * sizeof(void*), "Frame::handle() relies on it");
        return *std::exchange(promise_, nullptr);
    }

    /// Lets the frame of a Coroutine<T> put its result into `slot`, which outlives it.
    static void return_into([[maybe_unused]] ResultSlot<T>& slot,
                            [[maybe_unused]] Frame& frame) noexcept {
        if constexpr (!std::is_void_v<T>) {
            static_cast<promise_type&>(frame).slot_ = &slot;
        }
    }

private:
    friend promise_type;
    friend class Main;
    Coroutine() = default;
    explicit Coroutine(promise_type& promise) : promise_(&promise) {}

    promise_type* promise_ = nullptr;
};

inline Coroutine<void> Promise<void>::get_return_object(CallSite where) {
    where_ = where;
    return Coroutine<void>(*this);
}

}  // namespace yos

template <class T, class... Parameters>
struct std::coroutine_traits<yos::Coroutine<T>, Parameters...>
    : yos::CheckedParameters<yos::Promise<T>, Parameters...> {};
