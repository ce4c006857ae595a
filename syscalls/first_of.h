#pragma once

#include "syscalls/detail/run_race.h"
#include "syscalls/new_task.h"

#include <tuple>
#include <vector>

namespace yos {

/// Calls several subroutines at once until one has returned. Each is a task of its own:
///
///     const auto [answer, nothing] = co_await first_of(ask(server), sleep(1s));
///     if (answer) { ... }
///
/// Evaluates to a std::tuple of std::optionals, with a value for the one that returned;
/// std::monostate for one without. The others are cancelled in their calls, and so have taken
/// nothing; one that had its last result already, and returns as well, has its value there, too.
/// Blocks as join does. EAGAIN: no task is left to be had. Throws what the first that failed has
/// thrown. (Select waits for several calls, without tasks.)
template <class... T>
Coroutine<std::tuple<std::optional<Gathered<T>>...>> first_of(Coroutine<T>... subroutines) {
    std::tuple<std::optional<Gathered<T>>...> results;
    std::tuple<Coroutine<T>&...> calls(subroutines...);
    TaskGroup race;
    std::vector<Coroutine<>> runners;
    std::apply(
        [&](auto&... result) {
            std::apply(
                [&](auto&... call) {
                    (runners.push_back(run_race(result, std::move(call), race)), ...);
                },
                calls);
        },
        results);
    for (Coroutine<>& runner : runners) {
        if (!race.cancelled()) {
            co_yield NewTask{std::move(runner), "racing"}.in(race);
        }
    }
    co_await join(race);
    co_return results;
}

}  // namespace yos
