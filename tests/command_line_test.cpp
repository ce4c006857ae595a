// The shell's language, by what a line is taken to mean: every command in brackets, its words
// between bars, `$?` for the status, `&` where it runs in the background.

#include "programs/lib/command_line.h"

#include "tests/catch.h"

#include <random>

namespace yos {
namespace {

std::string read_back(std::string_view line) {
    std::string meaning;
    for (const Command& command : parse_command_line(line)) {
        meaning += '[';
        for (const Word& word : command.words) {
            meaning += &word == &command.words.front() ? "" : "|";
            for (const WordPart& part : word) {
                meaning += part.is_status ? "$?" : part.text;
            }
        }
        meaning += command.background ? "]&" : "]";
    }
    return meaning;
}

std::string error_of(std::string_view line) {
    try {
        return "no error, but " + read_back(line);
    } catch (const SyntaxError& error) {
        return error.what();
    }
}

TEST_CASE("a command is words between blanks", "[programs]") {
    CHECK(read_back("ps") == "[ps]");
    CHECK(read_back("echo a b") == "[echo|a|b]");
    CHECK(read_back(" \t echo \t a\r\n") == "[echo|a]");
    CHECK(read_back("").empty());
    CHECK(read_back(" \t\r\n").empty());
}

TEST_CASE("commands are separated by semicolons, ampersands and the end of a line", "[programs]") {
    CHECK(read_back("a;b") == "[a][b]");
    CHECK(read_back("a & b") == "[a]&[b]");
    CHECK(read_back("a&b&") == "[a]&[b]&");
    CHECK(read_back("a x ; b y ;") == "[a|x][b|y]");
    CHECK(read_back("a\nb\n\n c &\n") == "[a][b][c]&");
}

TEST_CASE("quotes make one word of blanks and of what else would mean something", "[programs]") {
    CHECK(read_back("echo 'a b'") == "[echo|a b]");
    CHECK(read_back("echo \"a b\"") == "[echo|a b]");
    CHECK(read_back("echo ';&|<>()#' \";&|<>()#\"") == "[echo|;&|<>()#|;&|<>()#]");
    CHECK(read_back("echo 'a\nb'") == "[echo|a\nb]");
    CHECK(read_back("echo a'b'\"c\"d") == "[echo|abcd]");
}

TEST_CASE("an empty word needs quotes", "[programs]") {
    CHECK(parse_command_line("echo '' \"\"").front().words.size() == 3);
    CHECK(read_back("echo '' \"\"") == "[echo||]");
}

TEST_CASE("nothing means anything between single quotes", "[programs]") {
    CHECK(read_back(R"(echo '\"$?')") == R"([echo|\"$?])");
    CHECK(expand(parse_command_line("'$?'").front().words.front(), 3) == "$?");
}

TEST_CASE("a backslash takes the next character as it is", "[programs]") {
    CHECK(read_back(R"(echo a\ b \; \\ \' \")") == R"([echo|a b|;|\|'|"])");
    CHECK(read_back(R"(\e\c\h\o)") == "[echo]");
    CHECK(read_back(R"(echo \# \$?)") == "[echo|#|$?]");
    CHECK(expand(parse_command_line(R"(\$?)").front().words.front(), 3) == "$?");
}

TEST_CASE("in double quotes a backslash escapes quotes, itself and $ only", "[programs]") {
    CHECK(read_back(R"(echo "\"" "\\" "\$?" "\n")") == R"([echo|"|\|$?|\n])");
    CHECK(expand(parse_command_line(R"("\$?")").front().words.front(), 3) == "$?");
}

TEST_CASE("$? becomes the status, also inside words and double quotes", "[programs]") {
    const auto expanded = [](std::string_view line) {
        return expand(parse_command_line(line).front().words.front(), 130);
    };
    CHECK(expanded("$?") == "130");
    CHECK(expanded("a$?b") == "a130b");
    CHECK(expanded("\"it was $?.\"") == "it was 130.");
    CHECK(expanded("$?$?") == "130130");
    CHECK(expanded("$") == "$");
    CHECK(expanded("$HOME") == "$HOME");
    CHECK(expand({}, 1).empty());
}

TEST_CASE("a comment begins with # at the beginning of a word, and ends with the line",
          "[programs]") {
    CHECK(read_back("# all of it").empty());
    CHECK(read_back("echo a # b ; c") == "[echo|a]");
    CHECK(read_back("echo a#b") == "[echo|a#b]");
    CHECK(read_back("a # x\n# y\nb") == "[a][b]");
    CHECK(read_back("a &# x") == "[a]&");
    CHECK(read_back("#\n#\n#\n").empty());
}

TEST_CASE("a command's text is what was typed, without what is around it", "[programs]") {
    const auto commands = parse_command_line("  echo  'a  b' &  ps ; sleep 1 # nap");
    REQUIRE(commands.size() == 3);
    CHECK(commands[0].text == "echo  'a  b'");
    CHECK(commands[1].text == "ps");
    CHECK(commands[2].text == "sleep 1");
}

TEST_CASE("a line that means nothing is refused, and why", "[programs]") {
    CHECK(error_of("echo 'a") == "unclosed ' quote");
    CHECK(error_of("echo \"a") == "unclosed \" quote");
    CHECK(error_of("echo \"a\\\"") == "unclosed \" quote");
    CHECK(error_of("echo \\") == "a \\ at the end of the line escapes nothing");
    CHECK(error_of(";") == "no command before \";\"");
    CHECK(error_of("& a") == "no command before \"&\"");
    CHECK(error_of("a ;; b") == "no command before \";\"");
    CHECK(error_of("a && b") == "no command before \"&\"");
    CHECK(error_of("a;\n;") == "no command before \";\"");
}

TEST_CASE("what other shells know and this one does not is refused, not passed on", "[programs]") {
    for (const std::string sign : {"|", "<", ">", "(", ")"}) {
        const std::string refused =
            "\"" + sign + "\" means nothing here: put it in quotes to pass it on";
        CHECK(error_of("a " + sign + " b") == refused);
        CHECK(error_of("a" + sign + "b") == refused);
        CHECK(error_of(sign) == refused);
    }
}

TEST_CASE("bytes that are no text go through unharmed", "[programs]") {
    CHECK(read_back("echo \xc3\xa9 \xff\x01") == "[echo|\xc3\xa9|\xff\x01]");
    CHECK(read_back(std::string_view("a\0b c", 5)) == std::string("[a\0b|c]", 7));
}

TEST_CASE("a very long line is read like any other", "[programs]") {
    constexpr std::size_t many = 1'000'000;
    CHECK(parse_command_line(std::string(many, ' ')).empty());
    CHECK(parse_command_line(std::string(many, 'x')).front().words.front().front().text.size() ==
          many);
    std::string comments;
    std::string commands;
    std::string statuses;
    for (std::size_t i = 0; i < many; ++i) {
        comments += "#\n";
        commands += i % 10 == 0 ? "a;" : "";
        statuses += i % 10 == 0 ? "$?" : "";
    }
    CHECK(parse_command_line(comments).empty());
    CHECK(parse_command_line(commands).size() == many / 10);
    CHECK(parse_command_line(statuses).front().words.size() == 1);
}

TEST_CASE("whatever is typed is either read or refused", "[programs]") {
    constexpr std::string_view keys = "ab \t\n;&#|<>()'\"\\$?\r";
    std::mt19937 random(1);
    int read = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string line;
        for (auto length = random() % 12; length > 0; --length) {
            line += keys[random() % keys.size()];
        }
        try {
            for (const Command& command : parse_command_line(line)) {
                REQUIRE(!command.words.empty());
                REQUIRE(line.find(command.text) != std::string::npos);
                // What is kept for jobs means what was typed.
                REQUIRE(parse_command_line(command.text).size() == 1);
            }
            ++read;
        } catch (const SyntaxError& error) {
            REQUIRE(!std::string(error.what()).empty());
        }
    }
    CHECK(read > 5'000);
    CHECK(read < 45'000);
}

}  // namespace
}  // namespace yos
