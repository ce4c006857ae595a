#pragma once

// What a function requires of its caller is said by a type where one can say it. All else is
// checked: at once, or, where that would take time, in Debug only (without NDEBUG). Who breaks it
// gets a std::logic_error that names the call, the value, and what would be right.

#include <stdexcept>
#include <string>
#include <type_traits>

namespace yos {

#ifdef NDEBUG
inline constexpr bool checked_in_debug = false;
#else
inline constexpr bool checked_in_debug = true;
#endif

/// `otherwise` says what was wrong: a text, or a function that makes one.
template <class Otherwise>
[[noreturn, gnu::cold, gnu::noinline]] void break_contract(Otherwise otherwise) {
    if constexpr (std::is_invocable_v<Otherwise>) {
        throw std::logic_error(otherwise());
    } else {
        throw std::logic_error(otherwise);
    }
}

/// Throws std::logic_error unless the caller has `kept` to what is required.
template <class Otherwise>
[[gnu::always_inline]] inline void check_contract(bool kept, Otherwise otherwise) {
    if (!kept) [[unlikely]] {
        break_contract(otherwise);
    }
}

/// Throws std::logic_error, in Debug, unless the caller has `kept` to what is required. Where
/// nobody could catch it, in a destructor for example, an assert stands instead.
template <class Otherwise>
[[gnu::always_inline]] inline void check_in_debug([[maybe_unused]] bool kept,
                                                  [[maybe_unused]] Otherwise otherwise) {
    if constexpr (checked_in_debug) {
        check_contract(kept, otherwise);
    }
}

}  // namespace yos
