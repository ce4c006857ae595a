#include "programs/shell/fields.h"
#include "tests/lib/catch.h"

namespace yos::shell {
namespace {

using Words = std::vector<std::string>;

TEST_CASE("patterns describe texts", "[shell]") {
    CHECK(matches("", ""));
    CHECK_FALSE(matches("", "a"));
    CHECK(matches("*", ""));
    CHECK(matches("a*c", "abcc"));
    CHECK_FALSE(matches("a*c", "abcd"));
    CHECK(matches("*a*b*", "xaxbx"));
    CHECK(matches("a?c", "abc"));
    CHECK_FALSE(matches("a?", "a"));
    CHECK(matches("[a-c]x", "bx"));
    CHECK_FALSE(matches("[!a-c]x", "bx"));
    CHECK(matches("[]]", "]"));
    CHECK(matches("[a-]", "-"));
    CHECK(matches("[", "["));
    CHECK(matches("\\*", "*"));
    CHECK_FALSE(matches("\\*", "a"));
    CHECK(matches("[\\]a]", "a"));
    CHECK(matches("[\x80-\xff]", "\xc3"));
}

TEST_CASE("a pattern of many stars takes no longer than the product of the lengths", "[shell]") {
    std::string pattern;
    for (int i = 0; i < 1'000; ++i) {
        pattern += "*a";
    }
    CHECK_FALSE(matches(pattern + "b", std::string(5'000, 'a')));
}

TEST_CASE("an escaped text is a pattern for itself alone", "[shell]") {
    const std::string text = "a*b?[c]\\d-!^";
    CHECK_FALSE(has_wildcards(escaped(text)));
    CHECK(matches(escaped(text), text));
    CHECK(without_escapes(escaped(text)) == text);
    CHECK(has_wildcards("a*"));
    CHECK_FALSE(has_wildcards("a\\*["));
}

Words split(std::string_view text, const std::string& separators = " \t\n") {
    Fields fields(separators);
    fields.add_split(text);
    return fields.take();
}

TEST_CASE("what came out of a $ is split at blanks, and at other separators one by one",
          "[shell]") {
    CHECK(split("") == Words{});
    CHECK(split("  a  b\tc\n") == Words{"a", "b", "c"});
    CHECK(split("a:b::c:", ":") == Words{"a", "b", "", "c"});
    CHECK(split(" a : b ", " :") == Words{"a", "b"});
    CHECK(split("a b", "") == Words{"a b"});
}

TEST_CASE("quoted text makes a field and is not split", "[shell]") {
    Fields fields(" ");
    fields.add_quoted("");
    fields.end_field();
    fields.add_literal("a");
    fields.add_split("b c");
    fields.add_quoted("d e");
    CHECK(fields.take() == Words{"", "ab", "cd e"});
}

}  // namespace
}  // namespace yos::shell
