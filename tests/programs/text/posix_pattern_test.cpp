#include "programs/text/posix_pattern.h"

#include "tests/lib/catch.h"

#include <array>

namespace yos {
namespace {

TEST_CASE("basic expressions are special behind a backslash", "[programs]") {
    const auto basic = [](const char* pattern) {
        return modern_pattern(pattern, PatternSyntax::basic);
    };
    CHECK(basic("a(b)") == "a\\(b\\)");
    CHECK(basic("\\(a\\|b\\)*") == "(a|b)*");
    CHECK(basic("a\\{2,3\\}") == "a{2,3}");
    CHECK(basic("a+b?") == "a\\+b\\?");
    CHECK(basic("*a*") == "\\*a*");
    CHECK(basic("^*a") == "^\\*a");
    CHECK(basic("a^b$c$") == "a\\^b\\$c$");
    CHECK(basic("\\(^a$\\)") == "(^a$)");
    CHECK(basic("\\.\\w\\<x\\>") == "\\.\\w\\bx\\b");
}

TEST_CASE("in brackets a backslash is nothing special", "[programs]") {
    const auto extended = [](const char* pattern) {
        return modern_pattern(pattern, PatternSyntax::extended);
    };
    CHECK(extended("[\\]+") == "[\\\\]+");
    CHECK(extended("[]a]") == "[\\]a]");
    CHECK(extended("[^]a]") == "[^\\]a]");
    CHECK(extended("[[:digit:]_[]") == "[[:digit:]_\\[]");
    CHECK(extended("a{2}|{x") == "a{2}|\\{x");
    CHECK(extended("a(*b)") == "a(\\*b)");
}

}  // namespace
}  // namespace yos
