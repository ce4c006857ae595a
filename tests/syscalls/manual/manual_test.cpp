// How a page of the manual is made of a comment, and printed.

#include "syscalls/manual/print.h"
#include "syscalls/manual/tokens.h"
#include "tests/lib/catch.h"

#include <string>
#include <vector>

namespace yos::manual {
namespace {

using Catch::Matchers::ContainsSubstring;
using Names = std::vector<std::string>;

/// The page of a call with this comment.
Page page_of(const std::string& comment) {
    return pages_of(subjects_of(
                        {{"call.h", "/// " + comment + "\nclass Call : public SystemCall<> {};"}}))
        .front();
}

TEST_CASE("the first sentence is a page's summary", "[manual]") {
    CHECK(page_of("Takes it. More of it.").summary == "takes it");
    CHECK(page_of("Who am I?").summary == "who am I?");
    CHECK(page_of("SIGINT is sent, e.g. to me.").summary == "SIGINT is sent, e.g. to me");
    CHECK(page_of("`x` of it").summary == "`x` of it");
}

TEST_CASE("a sentence stands in the section for those of its form", "[manual]") {
    const Page page = page_of(
        "Takes it. Tried at once; blocks while it is gone. First of all, 0 is it. "
        "EBADF, EPIPE and the like: as the host says. EINVAL: it is odd (no: even). "
        "Fails otherwise as it likes. Throws, too. More of it (a bit.) (pyos8)");
    CHECK(page.blocks == "Tried at once; blocks while it is gone.");
    CHECK(page.description == Names{"First of all, 0 is it. More of it (a bit.)"});
    REQUIRE(page.errors.size() == 4);
    CHECK(page.errors[0].term == "EBADF, EPIPE and the like");
    CHECK(page.errors[0].text == "as the host says.");
    CHECK(page.errors[1].term == "EINVAL");
    CHECK(page.errors[1].text == "it is odd (no: even).");
    CHECK(page.errors[2].text == "Fails otherwise as it likes.");
    CHECK(page.errors[3].text == "Throws, too.");
    CHECK(page.history == "pyos8");
}

TEST_CASE("a call that never blocks and never fails says so in both sections", "[manual]") {
    const Page page = page_of("Takes it. Never blocks, never fails.");
    CHECK(page.blocks == "Never blocks.");
    REQUIRE(page.errors.size() == 1);
    CHECK(page.errors[0].text == "Never fails.");
    CHECK(page.description.empty());
}

TEST_CASE("a comment's paragraphs stay apart", "[manual]") {
    const Page page = page_of("Takes it. One.\n///\n/// Two.\n///\n/// Never blocks.");
    CHECK(page.description == Names{"One.", "Two."});
}

TEST_CASE("code in a comment stands in the description as it is", "[manual]") {
    const Page page = page_of("Takes it, thus:\n///     take(*it);  // EINVAL\n/// More.");
    CHECK(page.summary == "takes it, thus");
    CHECK(page.description == Names{"    take(*it);  // EINVAL", "More."});
    CHECK_THAT(terminal_text(page),
               ContainsSubstring("\nDESCRIPTION\n    take(*it);  // EINVAL\n\n    More.\n"));
    CHECK_THAT(reference({page}), ContainsSubstring("```cpp\ntake(*it);  // EINVAL\n```\n\nMore."));
}

TEST_CASE("pages refer to what they mention, and to what acts on the same object", "[manual]") {
    const std::vector<Page> pages = pages_of(subjects_of({{"calls.h", R"(
/// Half. See Whole.
class Half : public SystemCall<> {};
/// Whole.
class Whole : public SystemCall<> {};
/// Opens it.
class OpenDoor : public SystemCall<> { public: explicit OpenDoor(Door& door); };
/// Closes it.
class CloseDoor : public SystemCall<> { public: explicit CloseDoor(int how, Door& door); };
/// Of enter: knocks.
class Knock : public SystemCall<> { public: explicit Knock(Door& door); };
/// Enters by the Door.
Coroutine<> enter(House& house);
)"}}));
    REQUIRE(pages.size() == 6);
    CHECK(pages[0].name == "CloseDoor");
    CHECK(pages[0].see_also == Names{"OpenDoor"});
    CHECK(pages[1].name == "enter");
    CHECK(pages[1].see_also == Names{});
    CHECK(pages[2].name == "Half");
    CHECK(pages[2].see_also == Names{"Whole"});
    CHECK(pages[3].name == "Knock");
    CHECK(pages[3].subroutine == "enter");
    CHECK(pages[3].see_also == Names{"CloseDoor", "enter", "OpenDoor"});
    CHECK(pages[4].see_also == Names{"CloseDoor"});
    CHECK(pages[5].see_also == Names{"Half"});
}

TEST_CASE("a part of a subroutine that does not exist is complained of", "[manual]") {
    CHECK_THROWS_WITH(page_of("Of nothing: a part."),
                      "call.h:2: Call says that it is a part of nothing, but there is none");
}

TEST_CASE("a page on a terminal is 80 columns wide at most", "[manual]") {
    std::string words = "Takes";
    for (int i = 0; i < 40; ++i) {
        words += " word" + std::to_string(i);
    }
    const std::string text =
        terminal_text(page_of(words + ". " + words + ". EINVAL: " + words + "."));
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        CHECK(end - begin <= 80);
        CHECK((end == begin || text[end - 1] != ' '));
        begin = end + 1;
    }
    CHECK_THAT(text, ContainsSubstring("\nERRORS\n    EINVAL          Takes word0"));
    CHECK_THAT(text, ContainsSubstring("\n                    word"));
}

TEST_CASE("a section with nothing in it is left out", "[manual]") {
    CHECK(
        terminal_text(page_of("Takes it.")) ==
        "NAME\n    Call - takes it\n\nSYNOPSIS\n    #include \"call.h\"\n\n    co_yield Call{}\n");
}

TEST_CASE("the source of the manual quotes what C++ wants quoted", "[manual]") {
    const std::string text = source({page_of(R"(Takes "it" \ `there`.)")});
    CHECK_THAT(text, ContainsSubstring(R"(    "takes \"it\" \\ `there`",)"));
    CHECK_THAT(text, ContainsSubstring(R"("    Call - takes \"it\" \\ `there`\n")"));
}

TEST_CASE("the reference escapes what Markdown would take for its own", "[manual]") {
    const std::string text = reference({page_of("Takes a|b. Is *it* <T> in `a<b>`? Yes.")});
    CHECK_THAT(text, ContainsSubstring("| [Call](#call) | takes a\\|b |\n"));
    CHECK_THAT(text, ContainsSubstring("\nIs \\*it\\* \\<T\\> in `a<b>`? Yes.\n"));
}

}  // namespace
}  // namespace yos::manual
