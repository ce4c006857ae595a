#pragma once

// The number of an open file, as programs and system calls name it. Behind the number stands a
// generation that counts how often it was handed out, so that a program which keeps a descriptor
// after closing it gets EBADF, never somebody else's file.

#include <compare>
#include <cstdint>
#include <iosfwd>

namespace yos {

/// Without a number it names no file: -1 is never open.
struct Fd {
    std::int32_t number = -1;
    std::uint32_t generation = 0;

    auto operator<=>(const Fd&) const = default;
};

std::ostream& operator<<(std::ostream& out, Fd fd);

/// The standard streams that the kernel was booted with.
inline constexpr Fd standard_input{0};
inline constexpr Fd standard_output{1};
inline constexpr Fd standard_error{2};

}  // namespace yos
