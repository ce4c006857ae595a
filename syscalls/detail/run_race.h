#pragma once

#include "syscalls/detail/keep_result.h"
#include "syscalls/join.h"

namespace yos {

/// Of first_of: keeps what a subroutine returns, and then calls off the race. Blocks as the
/// subroutine does. Throws what the subroutine throws.
template <class T>
Coroutine<> run_race(std::optional<Gathered<T>>& result, Coroutine<T> subroutine, TaskGroup& race) {
    co_await keep_result(result, std::move(subroutine));
    co_yield CancelGroup{race, "another was first"};
}

}  // namespace yos
