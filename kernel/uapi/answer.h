#pragma once

// What has come of something that may fail, where both are expected: a value, or the error that is
// there instead. See Tried and answer_of, which evaluate to it.

#include "tasks/contract.h"

#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace yos {

template <class T = void>
class Answer {
public:
    explicit Answer(T value) : value_(std::move(value)) {}
    explicit Answer(std::error_code error) : error_(error) {}

    /// True when there is a value.
    explicit operator bool() const { return value_.has_value(); }

    /// The value. Throws std::logic_error when there is none.
    T& operator*() & {
        check();
        return *value_;
    }
    const T& operator*() const& {
        check();
        return *value_;
    }
    T&& operator*() && {
        check();
        return *std::move(value_);
    }
    T* operator->() { return &**this; }
    const T* operator->() const { return &**this; }

    /// The value, or `other` in its place.
    T value_or(T other) && { return value_ ? *std::move(value_) : std::move(other); }

    /// Why there is no value; none, that is false, when there is one.
    const std::error_code& error() const { return error_; }

private:
    void check() const {
        check_contract(value_.has_value(), [this] {
            return "Answer: there is no value, but an error: " + error_.message();
        });
    }

    std::optional<T> value_;
    std::error_code error_;
};

/// Of what has no value: whether it was done.
template <>
class Answer<void> {
public:
    Answer() = default;
    explicit Answer(std::error_code error) : done_(false), error_(error) {}

    explicit operator bool() const { return done_; }

    /// Why it was not done; none when it was.
    const std::error_code& error() const { return error_; }

private:
    bool done_ = true;
    std::error_code error_;
};

}  // namespace yos
