#pragma once

// What a client of redis-lite may cost. Those of the protocol are the original's.

#include <cstddef>

namespace yos::redis::limits {

inline constexpr std::size_t line = 65'536;            // bytes of a request that is typed
inline constexpr long words = 1'048'576;               // of a request
inline constexpr std::size_t words_kept = 1'024;       // room for them, until the next request
inline constexpr long word = 512L << 20;               // bytes of each of them
inline constexpr std::size_t request = 1UL << 30;      // bytes of all of them, about
inline constexpr std::size_t read_at_once = 16'384;    // bytes
inline constexpr std::size_t answers = 65'536;         // bytes kept back while requests are at hand
inline constexpr std::size_t unsent_news = 8UL << 20;  // bytes a subscriber may be behind
inline constexpr std::size_t databases = 16;

}  // namespace yos::redis::limits
