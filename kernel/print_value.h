#pragma once

// How arguments and results of system calls look to people: in ps, in error messages, in the report
// of a deadlock.

#include "kernel/uapi/time.h"

#include <optional>
#include <ostream>
#include <string_view>
#include <type_traits>

namespace yos {

/// As in 250ms, 1.5s: the largest unit that gives at least 1.
void print_value(std::ostream& out, Duration duration);
void print_value(std::ostream& out, Time time);

/// Quoted, escaped, and cut after 32 bytes.
void print_value(std::ostream& out, std::string_view text);

template <class T>
void print_value(std::ostream& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out << (value ? "true" : "false");
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        print_value(out, std::string_view(value));
    } else if constexpr (requires { out << value; }) {
        out << value;
    } else {
        out << "...";
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
