#pragma once

#include "kernel/uapi/answer.h"
#include "tasks/coroutine.h"

#include <system_error>
#include <type_traits>
#include <utility>

namespace yos {

/// Calls a subroutine whose failure is an answer like any other:
///
///     const auto copied = co_await answer_of(copy(from, to));
///     if (!copied) {
///         co_await print(err, "{}\n", copied.error().message());
///     }
///
/// Evaluates to an Answer: the subroutine's value, or the std::error_code of the std::system_error
/// that it has thrown, which TimedOut is, too. Blocks as the subroutine does. Throws what else the
/// subroutine throws, as when it is interrupted. (Tried does the same for a call.)
template <class T>
Coroutine<Answer<T>> answer_of(Coroutine<T> subroutine) {
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(subroutine);
            co_return Answer<>();
        } else {
            co_return Answer<T>(co_await std::move(subroutine));
        }
    } catch (const std::system_error& failure) {
        co_return Answer<T>(failure.code());
    }
}

}  // namespace yos
