#pragma once

// Some tests do the same thing very often, with other orders or other input each time. A Release does
// the whole of it; with sanitizers, where each step takes ten times as long, a part is enough: what
// they look for is in every step.

namespace yos {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
inline constexpr bool sanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool sanitized = false;
#endif

/// How often: `times` in a Release, and an eighth of it with sanitizers.
template <class Number>
constexpr Number volume(Number times) {
    return sanitized ? times / 8 : times;
}

}  // namespace yos
