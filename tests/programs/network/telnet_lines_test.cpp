#include "programs/network/telnet_lines.h"

#include "tests/lib/catch.h"

#include <vector>

namespace yos {
namespace {

/// All lines of what is typed; those that are too long with three dots.
std::vector<std::string> lines_of(std::string_view typed, std::size_t longest = 100) {
    TelnetLines lines(longest);
    for (const char c : typed) {
        lines.add({&c, 1});
    }
    std::vector<std::string> all;
    while (const std::optional<TelnetLines::Line> line = lines.next()) {
        all.push_back(line->text + (line->too_long ? "..." : ""));
    }
    return all;
}

using Lines = std::vector<std::string>;

TEST_CASE("a line is there when its end has come", "[telnet]") {
    CHECK(lines_of("one\r\ntwo\nthree") == Lines{"one", "two"});
    CHECK(lines_of("\r\n") == Lines{""});
}

TEST_CASE("what telnet says to telnet is no text", "[telnet]") {
    CHECK(lines_of("\xff\xfd\x03\xff\xfb\x18/nick ann\r\n") == Lines{"/nick ann"});
    CHECK(lines_of("x\xff\xf4y\xff\xf1z\n") == Lines{"xyz"});
    const std::string size_of_window("\xff\xfa\x1f\x00\x50\xff\xff\n\xff\xf0", 10);
    CHECK(lines_of(size_of_window + "hello\n") == Lines{"hello"});
}

TEST_CASE("characters that move the cursor are dropped, letters of any language are not",
          "[telnet]") {
    CHECK(lines_of("\x1b[2Jbell\x07\x7f\n") == Lines{"[2Jbell"});
    CHECK(lines_of("zo\xc3\xab\n") == Lines{"zo\xc3\xab"});
}

TEST_CASE("a line that is too long is one line all the same", "[telnet]") {
    CHECK(lines_of("12345\r\n", 5) == Lines{"12345"});
    CHECK(lines_of("123456\r\nnext\n", 5) == Lines{"12345...", "next"});
    std::string endless(100'000, 'x');
    endless.append("\nnext\n");
    CHECK(lines_of(endless, 5) == Lines{"xxxxx...", "next"});
}

}  // namespace
}  // namespace yos
