#pragma once

// Text to a descriptor, as subroutines: co_await print(out, "tick {}\n", n);

#include "syscalls/write.h"
#include "tasks/coroutine.h"

// Not <fmt/format.h>: with it a program takes 0.3 s longer to compile, of less than 2.
#include <fmt/core.h>

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace yos {

/// What a program prints cannot be written: no fault of what it reads.
class OutputFailed : public std::system_error {
public:
    explicit OutputFailed(std::error_code why) : std::system_error(why, "write error") {}
};

/// Writes all of `bytes`, which live as long as this runs. Throws OutputFailed.
inline Coroutine<> write_bytes(Fd fd, std::span<const char> bytes) {
    try {
        while (!bytes.empty()) {
            bytes = bytes.subspan(co_yield Write{fd, bytes});
        }
    } catch (const std::system_error& error) {
        throw OutputFailed(error.code());
    }
}

/// Writes all of a text, which it keeps for as long. Throws OutputFailed.
inline Coroutine<> write_all(Fd fd, std::string text) {
    co_await write_bytes(fd, text);
}

/// All words in a row, with `separator` between two.
template <class Words>
std::string joined(const Words& words, std::string_view separator) {
    std::string text;
    std::string_view between;
    for (const std::string_view word : words) {
        text += between;
        text += word;
        between = separator;
    }
    return text;
}

/// Formats at once and writes when awaited, so the arguments need not live on.
template <class... Arguments>
Coroutine<> print(Fd fd, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    return write_all(fd, fmt::format(format, std::forward<Arguments>(arguments)...));
}

}  // namespace yos
