#pragma once

// How tasks are named: small numbers that people type, counted up from 1 and never reused.

#include <cstdint>

namespace yos {

using Tid = std::uint64_t;

/// The kernel itself: the parent of what the embedder spawns, and the tid of the I/O task, as
/// process 0 of a Unix is the one that idles.
inline constexpr Tid kernel_tid = 0;

}  // namespace yos
