#pragma once

// Text to a descriptor, as subroutines: co_await print(out, "tick {}\n", n);

#include "syscalls/write.h"
#include "tasks/coroutine.h"

// Not <fmt/format.h>: with it a program takes 0.3 s longer to compile, of less than 2.
#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

namespace yos {

/// Writes all of it. Throws as Write does.
inline Coroutine<> write_all(Fd fd, std::string text) {
    std::size_t done = 0;
    while (done < text.size()) {
        done += co_yield Write{fd, std::span<const char>(text).subspan(done)};
    }
}

/// All of them in a row.
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
