#pragma once

// Every limit of the system, in one place.

#include <chrono>
#include <cstddef>

namespace yos::limits {

inline constexpr std::size_t max_tasks = 16'000'000;      // alive at once; beyond it EAGAIN
inline constexpr unsigned quantum = 32;                   // traps in a row before others get a turn
inline constexpr unsigned longest_quantum = 256;          // what Task::allow_short_way can tell
inline constexpr unsigned dispatches_between_polls = 64;  // while tasks are ready
inline constexpr std::size_t timer_crowd = 8;             // timers that expire at one look
inline constexpr std::chrono::microseconds timer_crowd_wait{50};  // the shortest wait after that
inline constexpr std::size_t poll_batch = 256;            // events taken from the host at once
inline constexpr std::size_t pipe_capacity = 65'536;      // bytes
inline constexpr std::size_t terminal_buffer = 65'536;    // bytes typed, or to be shown
inline constexpr std::size_t terminal_message = 262'144;  // bytes, of the longest
inline constexpr int listen_backlog = 4096;               // connections not yet accepted
inline constexpr std::size_t pool_threads = 4;            // host threads for InThread
inline constexpr std::size_t log_ring = 1'000;            // kernel messages that dmesg shows
inline constexpr std::size_t tasks_in_report = 100;       // shown of a deadlock
inline constexpr std::size_t frames_in_report = 32;       // shown of each of them, innermost first
inline constexpr std::size_t borrowed_write = 4096;  // PIPE_BUF: never blocks once poll says so

// Of the io_uring backend.
inline constexpr unsigned uring_submissions = 1024;       // handed to the host at once
inline constexpr unsigned uring_completions = 8192;       // before the host has to put some aside
inline constexpr unsigned receive_buffers = 256;          // shared by all streams
inline constexpr std::size_t receive_buffer = 16'384;     // bytes, also the most received ahead
inline constexpr std::size_t own_receive_buffer = 2'048;  // bytes, when the shared ones are used up
inline constexpr std::size_t send_buffer = 65'536;        // bytes written but not with the host
inline constexpr std::size_t bulk = 8'192;                // bytes that are not copied to be sent
inline constexpr unsigned linger_ms = 60'000;  // a closed stream tries to send without progress
inline constexpr std::chrono::seconds linger_at_end{2};  // all of them, when the kernel goes

}  // namespace yos::limits
