#pragma once

#include "syscalls/detail/keep_result.h"
#include "syscalls/join.h"
#include "syscalls/new_task.h"

#include <tuple>
#include <vector>

namespace yos {

/// Calls several subroutines at once, each as a task of its own:
///
///     const auto [user, orders] = co_await gather(ask_user(id), ask_orders(id));
///
/// Evaluates to a std::tuple of their values, std::monostate for one without; of a std::vector of
/// them to the std::vector of their values. Blocks as join does. When one fails, the others are
/// cancelled. EAGAIN: no task is left to be had. Throws what the first that failed has thrown.
/// (asyncio)
template <class... T>
Coroutine<std::tuple<Gathered<T>...>> gather(Coroutine<T>... subroutines) {
    std::tuple<std::optional<Gathered<T>>...> results;
    std::tuple<Coroutine<T>&...> calls(subroutines...);
    std::vector<Coroutine<>> members;
    std::apply(
        [&](auto&... result) {
            std::apply(
                [&](auto&... call) {
                    (members.push_back(keep_result(result, std::move(call))), ...);
                },
                calls);
        },
        results);
    TaskGroup group;
    for (Coroutine<>& member : members) {
        co_yield NewTask{std::move(member), "gathered"}.in(group);
    }
    co_await join(group);
    co_return std::apply(
        [](auto&... result) { return std::tuple<Gathered<T>...>(*std::move(result)...); }, results);
}

template <class T>
Coroutine<std::vector<Gathered<T>>> gather(std::vector<Coroutine<T>> subroutines) {
    std::vector<std::optional<Gathered<T>>> results(subroutines.size());
    TaskGroup group;
    for (std::size_t i = 0; i < subroutines.size(); ++i) {
        co_yield NewTask{keep_result(results[i], std::move(subroutines[i])), "gathered"}.in(group);
    }
    co_await join(group);
    std::vector<Gathered<T>> values;
    for (std::optional<Gathered<T>>& result : results) {
        values.push_back(*std::move(result));
    }
    co_return values;
}

}  // namespace yos
