#pragma once

// Generator<Yield, Send, Return> is Python's generator, with all that PEP 342 and 380 made of it: a
// function that gives a value at each co_yield and stays there until it is asked for the next.
//
//     Generator<int> countdown(int n) {
//         for (; n > 0; --n) {
//             co_yield n;
//         }
//     }
//     for (const int n : countdown(3)) { ... }  // 3, 2, 1; all of std::views works, too
//
// One that has a Send is a coroutine of the course: co_yield evaluates to what it was sent.
//
//     Generator<void, std::string> printer() {
//         for (;;) {
//             const std::string line = co_yield nothing;
//             std::cout << line;
//         }
//     }
//     auto print = primed(printer());
//     print.send("hello\n");
//
// next() sends nothing, so a generator that is driven by both has std::optional<T> as its Send. A
// generator lets another one run in its place with co_await, Python's `yield from`: values, sends,
// exceptions and close() go straight to the innermost, and co_await evaluates to what that returns.
//
// A generator is lazy, owning and move-only, and needs no kernel. It does not trap: the task that
// drives it does. Take parameters by value, as in any coroutine: a const& or && is refused, as is a
// lambda that captures (coroutine_parameters.h).
//
// Where it is not Python's, C++ leaves no choice:
// - One that is dropped before its end unwinds as a scope does: destructors run, but no handler;
//   close() it if it is to hear of GeneratorExit.
// - It has one owner. Who delegates to it owns it from then on, so nobody else can drive it too.
// - What was closed or has thrown has no result, for not every Return has a None: to delegate to it
//   throws NoResult. What it returns when it is closed, result() tells (as close() in Python 3.13).

#include "tasks/generator_promise.h"

#include <cstddef>
#include <exception>
#include <iterator>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace yos {

template <class Yield, class Send = void, class Return = void>
class [[nodiscard]] Generator : public std::ranges::view_base {
public:
    using promise_type = GeneratorPromise<Yield, Send, Return>;

    Generator(Generator&& other) noexcept : promise_(std::exchange(other.promise_, nullptr)) {}
    Generator& operator=(Generator&& other) noexcept {
        std::swap(promise_, other.promise_);
        return *this;
    }
    ~Generator() {
        if (promise_ != nullptr) {
            promise_->destroy();
        }
    }

    // All of these throw AlreadyExecuting when called from within the generator, StopIteration when
    // it ends or has ended, and what it throws. Empty, because moved away, it can only be assigned
    // to.

    /// Runs to the next co_yield, and gives what that yields. Throws NothingSent if the co_yield
    /// where it stands cannot do without a value.
    Yield next() {
        check_that_it_may_step();
        return step([this] { promise_->resume_with(nullptr); });
    }

    /// Runs to the next co_yield, and gives what that yields; `value` is what the co_yield where it
    /// stands evaluates to. Throws SentTooEarly if it stands at none yet, unless `value` is an
    /// empty one.
    template <class S = Send>
    requires(!std::is_void_v<S>) Yield send(std::type_identity_t<S> value) {
        if (promise_->is_created() && !is_empty(value)) {
            throw SentTooEarly();
        }
        return step([&] { promise_->resume_with(std::addressof(value)); });
    }

    /// Has the co_yield where it stands throw, runs to the next one, and gives what that yields.
    /// Throws `exception` itself if it stands at none: not begun yet, or ended.
    template <class Exception>
    Yield throw_in(Exception exception) {
        return throw_in(std::make_exception_ptr(std::move(exception)));
    }
    Yield throw_in(std::exception_ptr exception) {
        promise_->raise(std::move(exception));
        return yielded_or_stop();
    }

    /// Ends it with a GeneratorExit at the co_yield where it stands. Throws IgnoredGeneratorExit if
    /// it comes to another one, and what it throws else. Nothing happens when it has not begun, or
    /// has ended.
    void close() { promise_->close(); }

    bool has_ended() const noexcept { return promise_->has_ended(); }

    /// What it has returned. Throws NoResult before that, and if it has ended otherwise.
    decltype(auto) result() const& {
        check_result();
        if constexpr (!std::is_void_v<Return>) {
            return promise_->result().peek();
        }
    }
    Return result() && {
        check_result();
        return promise_->result().take();
    }

    // ---- A range, as for any input ----

    class Iterator {
    public:
        using value_type = std::remove_cvref_t<Yield>;
        using difference_type = std::ptrdiff_t;

        explicit Iterator(promise_type& promise) : promise_(&promise) {}

        std::add_lvalue_reference_t<Yield> operator*() const {
            return *static_cast<std::remove_reference_t<Yield>*>(promise_->yielded());
        }
        Iterator& operator++() {
            promise_->resume_with(nullptr);
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& it, std::default_sentinel_t /*end*/) {
            return it.promise_->has_ended();
        }

    private:
        promise_type* promise_;
    };

    /// From the next value on.
    Iterator begin() requires(!std::is_void_v<Yield> && sent_by_next<Send>) {
        if (!has_ended()) {
            promise_->resume_with(nullptr);
        }
        return Iterator(*promise_);
    }
    std::default_sentinel_t end() const noexcept { return {}; }

    // ---- For co_await ----

    /// To a generator that delegates to this one. Throws as next() does.
    promise_type& give_away() && {
        if (promise_ == nullptr) {
            throw std::logic_error("co_await of an empty generator: it was awaited or moved away");
        }
        promise_->check_that_it_does_not_run();
        check_that_it_may_step();
        return *std::exchange(promise_, nullptr);
    }
    explicit Generator(promise_type& promise) noexcept : promise_(&promise) {}

private:
    static bool is_empty([[maybe_unused]] const auto& value) {
        if constexpr (sent_by_next<Send>) {
            return !value.has_value();
        } else {
            return false;
        }
    }

    void check_that_it_may_step() const {
        if (!sent_by_next<Send> && promise_->is_suspended()) [[unlikely]] {
            throw NothingSent();
        }
    }

    void check_result() const {
        if (!promise_->has_returned()) {
            throw NoResult();
        }
    }

    template <class Resume>
    Yield step(Resume resume) {
        if (has_ended()) [[unlikely]] {
            throw StopIteration<>();
        }
        resume();
        return yielded_or_stop();
    }

    Yield yielded_or_stop() {
        if (has_ended()) [[unlikely]] {
            stop();
        }
        if constexpr (!std::is_void_v<Yield>) {
            using Object = std::remove_reference_t<Yield>;
            return static_cast<Yield&&>(*static_cast<Object*>(promise_->yielded()));
        }
    }

    [[noreturn]] void stop() const {
        if constexpr (std::is_reference_v<Return> || std::is_copy_constructible_v<Return>) {
            throw StopIteration<Return>(promise_->result().peek());
        } else {
            throw StopIteration<>();
        }
    }

    promise_type* promise_;
};

/// Runs it to its first co_yield, so that it can be sent to: the course's decorator @coroutine.
template <class Yield, class Send, class Return>
Generator<Yield, Send, Return> primed(Generator<Yield, Send, Return> generator) {
    generator.next();
    return generator;
}

}  // namespace yos

template <class Yield, class Send, class Return, class... Parameters>
struct std::coroutine_traits<yos::Generator<Yield, Send, Return>, Parameters...>
    : yos::CheckedParameters<yos::GeneratorPromise<Yield, Send, Return>, Parameters...> {};
