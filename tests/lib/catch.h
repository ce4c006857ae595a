#pragma once

// Catch2, whichever of its versions 2 (Debian 12) and 3 (Ubuntu 24.04) is installed. What the two
// name differently goes by its name in version 3.

// Failed comparisons print pairs, tuples, optionals, variants and durations too.
#define CATCH_CONFIG_ENABLE_ALL_STRINGMAKERS

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else

// A crash is for the sanitizers to report: they say where it was, Catch2 only in which test case.
#define CATCH_CONFIG_NO_POSIX_SIGNALS
#include <catch2/catch.hpp>

namespace Catch::Matchers {
inline StdString::ContainsMatcher ContainsSubstring(
    const std::string& text, CaseSensitive::Choice sensitivity = CaseSensitive::Yes) {
    return Contains(text, sensitivity);
}
}  // namespace Catch::Matchers

#endif
