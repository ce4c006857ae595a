#pragma once

#include "tasks/coroutine.h"

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace yos {

// What is kept of a subroutine that returns a T.
template <class T>
using Gathered = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// Of gather: puts what a subroutine returns into `result`, which outlives it. Blocks
/// as the subroutine does. Throws what the subroutine throws.
template <class T>
Coroutine<> keep_result(std::optional<T>& result, Coroutine<T> subroutine) {
    result.emplace(co_await std::move(subroutine));
}

inline Coroutine<> keep_result(std::optional<std::monostate>& result, Coroutine<> subroutine) {
    co_await std::move(subroutine);
    result.emplace();
}

}  // namespace yos
