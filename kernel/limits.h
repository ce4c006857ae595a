#pragma once

// Every limit of the system, in one place.

#include <cstddef>

namespace yos::limits {

inline constexpr std::size_t max_tasks = 16'000'000;      // alive at once; beyond it EAGAIN
inline constexpr unsigned quantum = 32;                   // traps in a row before others get a turn
inline constexpr unsigned dispatches_between_polls = 64;  // while tasks are ready
inline constexpr std::size_t poll_batch = 256;            // events taken from the host at once
inline constexpr std::size_t pipe_capacity = 65'536;      // bytes
inline constexpr int listen_backlog = 4096;               // connections not yet accepted
inline constexpr std::size_t pool_threads = 4;            // host threads for InThread
inline constexpr std::size_t log_ring = 1'000;            // kernel messages that dmesg shows
inline constexpr std::size_t tasks_in_report = 100;       // shown of a deadlock
inline constexpr std::size_t frames_in_report = 32;       // shown of each of them, innermost first
inline constexpr std::size_t borrowed_write = 4096;  // PIPE_BUF: never blocks once poll says so

}  // namespace yos::limits
