#pragma once

// How arguments and results of system calls look to people: in ps, in error messages, in the report
// of a deadlock.

#include "kernel/uapi/time.h"

#include <optional>
#include <ostream>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>

namespace yos {

class Trap;

/// As in 250ms, 1.5s: the largest unit that gives at least 1.
void print_value(std::ostream& out, Duration duration);
void print_value(std::ostream& out, Time time);

/// Quoted, escaped, and cut after 32 bytes.
void print_value(std::ostream& out, std::string_view text);

/// The bytes that a call has moved, which are not shown to people.
void print_moved(std::ostream& out, std::span<const char> bytes);

/// A call with its arguments, as in `WaitTask(3)`.
void print_trap(std::ostream& out, const Trap& trap);

/// From now on nothing is cut or left out on that stream, which is for no person to read.
void print_all_of(std::ios_base& stream);
bool prints_all(std::ios_base& stream);

template <class Range>
void print_elements(std::ostream& out, const Range& range);

template <class T>
void print_value(std::ostream& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out << (value ? "true" : "false");
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        print_value(out, std::string_view(value));
    } else if constexpr (requires { out << value; }) {
        out << value;
    } else if constexpr (std::ranges::range<const T>) {
        print_elements(out, value);
    } else {
        out << "...";
    }
}

/// People are told only that there is something.
template <class Range>
void print_elements(std::ostream& out, const Range& range) {
    if (!prints_all(out)) {
        out << "...";
        return;
    }
    for (const auto& element : range) {
        print_value(out, element);
        out << ',';
    }
}

template <class T>
void print_value(std::ostream& out, const std::optional<T>& value) {
    if (value) {
        print_value(out, *value);
    } else {
        out << "none";
    }
}

}  // namespace yos
