// Where in a line somebody stands who asks what may come next.

#include "programs/shell/place.h"
#include "programs/terminal/offered_words.h"
#include "tests/lib/catch.h"

#include <ostream>

namespace yos::shell {
namespace {

/// `from word` and the words before it, as in `4 al (cat)`.
std::string told(const std::string& line) {
    const Place place = place_in(line);
    std::string text = std::to_string(place.from) + " " + place.word;
    for (const std::string& word : place.words) {
        text += " (" + word + ")";
    }
    return text + (place.is_variable ? " $" : "") + (place.is_file ? " file" : "") +
           (place.quote != '\0' ? std::string(" ") + place.quote : "");
}

TEST_CASE("the word before the cursor is completed, as what it is", "[completion]") {
    CHECK(told("") == "0 ");
    CHECK(told("ca") == "0 ca");
    CHECK(told("cat ") == "4  (cat)");
    CHECK(told("cat al") == "4 al (cat)");
    CHECK(told("cat a b") == "6 b (cat) (a)");
    CHECK(told("true; ca") == "6 ca");
    CHECK(told("true|ca") == "5 ca");
    CHECK(told("true && ( ca") == "10 ca");
    CHECK(told("x=$(ca") == "4 ca");
    CHECK(told("while ca") == "6 ca");
    CHECK(told("HOME=/tmp ca") == "10 ca");
    CHECK(told("cat <al") == "5 al (cat) file");
    CHECK(told("cat < al") == "6 al (cat) file");
    CHECK(told("cat <a b") == "7 b (cat)");
    CHECK(told("echo $HO") == "6 HO (echo) $");
    CHECK(told("echo ${HO") == "7 HO (echo) $");
    CHECK(told("echo '$HO") == "6 $HO (echo) '");
}

TEST_CASE("quotes are taken off what is completed, and put on again", "[completion]") {
    CHECK(told("cat a\\ b") == "4 a b (cat)");
    CHECK(told("cat \\ b") == "4  b (cat)");
    CHECK(told("cat 'a b") == "5 a b (cat) '");
    CHECK(told("cat \"a\\\"b") == "5 a\"b (cat) \"");
    CHECK(told("cat 'a b'c") == "4 a bc (cat)");
    CHECK(told("cat a'b c") == "4 ab c (cat)");

    CHECK(typed_at(place_in("cat a"), "a b") == "a\\ b ");
    CHECK(typed_at(place_in("cat 'a"), "a b") == "a b' ");
    CHECK(typed_at(place_in("cat \"a"), "a$b") == "a\\$b\" ");
    CHECK(typed_at(place_in("cat a"), "a dir/") == "a\\ dir/");
    CHECK(typed_at(place_in("echo $H"), "HOME") == "HOME ");
    CHECK(typed_at(place_in("echo ${H"), "HOME") == "HOME} ");
    CHECK(typed_at(place_in("echo a${H"), "HOME") == "HOME} ");
    CHECK(typed_at(place_in("echo \"${H"), "HOME") == "HOME}");
}

TEST_CASE("a list shows words without their quotes, and of paths the end", "[completion]") {
    using terminal::name_in_list;
    CHECK(name_in_list("a\\ b ") == "a b");
    CHECK(name_in_list("a b' ") == "a b");
    CHECK(name_in_list("a\\$b\" ") == "a$b");
    CHECK(name_in_list("it\\'s\\' ") == "it's'");
    CHECK(name_in_list("hills/and/dales/") == "dales/");
    CHECK(name_in_list("hills/a\\ b ") == "a b");
    CHECK(name_in_list("/") == "/");
}

TEST_CASE("lines that make no sense have a place too", "[completion][hostile]") {
    for (const char* line : {"'",
                             "\"",
                             "\\",
                             ";;;",
                             "((((",
                             "))",
                             "<",
                             ">>",
                             "|",
                             "$",
                             "${",
                             "$(",
                             "a'b\"c`d",
                             "\x01\xff",
                             "cat ''",
                             "if if if"}) {
        const std::string text = line;
        CHECK(place_in(text).from <= text.size());
    }
}

}  // namespace
}  // namespace yos::shell
