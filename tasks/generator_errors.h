#pragma once

// What a generator throws, and what is thrown into it, by the names that Python gave them.

#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace yos {

/// A mistake in the use of a generator.
class GeneratorError : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// A value was sent to a generator that stands at no co_yield yet.
class SentTooEarly : public GeneratorError {
public:
    SentTooEarly()
        : GeneratorError(
              "cannot send a value to a just-started generator: "
              "no co_yield waits for it before the first next()") {}
};

/// next() where co_yield cannot do without a value.
class NothingSent : public GeneratorError {
public:
    NothingSent()
        : GeneratorError(
              "this co_yield waits for a value: send() one, or let the generator be "
              "sent std::optional") {}
};

/// A generator was entered, by whatever door, from within itself.
class AlreadyExecuting : public GeneratorError {
public:
    AlreadyExecuting() : GeneratorError("generator already executing") {}
};

/// close() found the generator at another co_yield.
class IgnoredGeneratorExit : public GeneratorError {
public:
    IgnoredGeneratorExit() : GeneratorError("generator ignored GeneratorExit") {}
};

/// The StopIteration of another generator left this one, whose end it is not (PEP 479).
class RaisedStopIteration : public GeneratorError {
public:
    RaisedStopIteration() : GeneratorError("generator raised StopIteration") {}
};

/// Asked for a result too early; or it never will have one, for it was closed, or has thrown.
class NoResult : public GeneratorError {
public:
    NoResult() : GeneratorError("the generator has not returned, so it has no result") {}
};

/// What close() throws into a generator. It is no std::exception, so that `catch (const
/// std::exception&)`, meant for failures, does not swallow it.
class GeneratorExit {};

/// The generator has ended: there is no next value.
template <class Return = void>
class StopIteration;

template <>
class StopIteration<void> : public std::exception {
public:
    const char* what() const noexcept override { return "the generator has ended"; }
};

/// Thrown once, when the generator ends; after that, it is the one without a value.
template <class Return>
class StopIteration : public StopIteration<void> {
public:
    explicit StopIteration(Return value) : value_(std::forward<Return>(value)) {}

    /// What the generator returned.
    const std::remove_reference_t<Return>& value() const noexcept { return value_; }

private:
    Return value_;
};

}  // namespace yos
