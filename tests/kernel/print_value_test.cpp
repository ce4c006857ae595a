#include "kernel/uapi/print_value.h"

#include "tests/lib/catch.h"

#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace yos {
namespace {

using namespace std::chrono_literals;

template <class T>
std::string printed(const T& value) {
    std::ostringstream out;
    print_value(out, value);
    return out.str();
}

TEST_CASE("durations print in the largest unit that gives at least 1", "[kernel]") {
    CHECK(printed(Duration(0)) == "0ns");
    CHECK(printed(Duration(999ns)) == "999ns");
    CHECK(printed(Duration(1us)) == "1us");
    CHECK(printed(Duration(1500us)) == "1.5ms");
    CHECK(printed(Duration(250ms)) == "250ms");
    CHECK(printed(Duration(1500ms)) == "1.5s");
    CHECK(printed(Duration(2h)) == "7200s");
}

TEST_CASE("negative durations print as such, in the same units", "[kernel]") {
    CHECK(printed(Duration(-1ns)) == "-1ns");
    CHECK(printed(Duration(-1500ms)) == "-1.5s");
    CHECK(printed(Duration::min()) == "-9.22337e+09s");
}

TEST_CASE("a time prints as what has passed since the kernel booted", "[kernel]") {
    CHECK(printed(Time{Duration(1500ms)}) == "1.5s");
}

TEST_CASE("text prints in quotes, with what cannot be seen escaped", "[kernel]") {
    CHECK(printed(std::string("hello")) == "\"hello\"");
    CHECK(printed(std::string()) == "\"\"");
    CHECK(printed(std::string_view("view")) == "\"view\"");
    CHECK(printed("literal") == "\"literal\"");
    CHECK(printed(std::string("say \"hi\" \\ bye")) == R"("say \"hi\" \\ bye")");
    CHECK(printed(std::string("a\nb\tc\rd\x7f")) == R"("a\nb\x09c\x0dd\x7f")");
    CHECK(printed(std::string("\0\x1b[31m", 6)) == R"("\x00\x1b[31m")");
}

TEST_CASE("text prints its first 32 bytes", "[kernel]") {
    CHECK(printed(std::string(32, 'x')) == '"' + std::string(32, 'x') + '"');
    CHECK(printed(std::string(33, 'x')) == '"' + std::string(32, 'x') + "\"...");
    CHECK(printed(std::string(100'000, '\n')).size() == 32 * 2 + 5);
}

enum class Opaque { value };
struct Struct {};

TEST_CASE("values print as they do everywhere, or as dots where they do not", "[kernel]") {
    CHECK(printed(true) == "true");
    CHECK(printed(false) == "false");
    CHECK(printed(42) == "42");
    CHECK(printed(std::uint64_t{18'446'744'073'709'551'615ULL}) == "18446744073709551615");
    CHECK(printed(Opaque::value) == "...");
    CHECK(printed(Struct()) == "...");
    CHECK(printed(std::vector{1, 2}) == "...");
}

TEST_CASE("an optional prints its value, or none", "[kernel]") {
    CHECK(printed(std::optional<int>()) == "none");
    CHECK(printed(std::optional(3)) == "3");
    CHECK(printed(std::optional(std::string("x"))) == "\"x\"");
    CHECK(printed(std::optional(Duration(1s))) == "1s");
    CHECK(printed(std::optional<std::optional<bool>>(true)) == "true");
    CHECK(printed(std::optional(Struct())) == "...");
}

}  // namespace
}  // namespace yos
