// Lines that a person types and edits, looked at on the screen.

#include "tests/lib/person.h"
#include "tests/programs/terminal/desk.h"

#include <thread>

namespace yos {
namespace {

constexpr const char* up = "\x1b[A";
constexpr const char* left = "\x1b[D";
constexpr const char* ctrl_a = "\x01";
constexpr const char* ctrl_c = "\x03";
constexpr const char* ctrl_d = "\x04";
constexpr const char* ctrl_l = "\x0c";
constexpr const char* ctrl_r = "\x12";
constexpr const char* ctrl_u = "\x15";
constexpr const char* escape = "\x1b";

TEST_CASE("a line can be edited where the cursor is", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("echo wold");
    person.sees_at_cursor("yos$ echo wold");
    person.type(std::string(left) + left);
    person.sees_at_cursor("yos$ echo wold", 2);
    person.type("r");
    person.sees_at_cursor("yos$ echo world", 2);
    person.type(std::string(ctrl_a) + "\x0b" + "echo new\r");
    person.sees("new");
    person.type("exit 4\r");
    CHECK(person.leaves() == 4);
}

TEST_CASE("characters of several bytes are one for the cursor, also when their bytes come apart",
          "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("echo gr\xc3");
    person.type(
        "\xbc\xc3\x9f"
        "e \xe2\x82");
    person.sees_at_cursor("yos$ echo grüße ");
    person.type(
        "\xac"
        "x\x7f\x7f");
    person.sees_at_cursor("yos$ echo grüße ");
    person.type("\r");
    person.sees("grüße");
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("what was typed comes back, in this session and in the next", "[editing]") {
    const Desk desk;
    {
        Person person;
        person.sees_at_cursor("yos$ ");
        person.runs("echo first", "first");
        person.runs("echo second", "second");
        person.type(std::string(up) + up);
        person.sees_at_cursor("yos$ echo first");
        person.type(std::string(ctrl_u) + "exit\r");
        CHECK(person.leaves() == 0);
    }
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type(std::string(ctrl_r) + "sec");
    person.sees("(reverse-i-search)`sec': echo second");
    person.type("\r");
    person.sees("second");
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("what a program reads is no command, and so not remembered", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("cat\r");
    person.runs("not to be told", "not to be told");
    person.type(ctrl_d);
    person.sees_at_cursor("yos$ ");
    person.type(up);
    person.sees_at_cursor("yos$ cat");
    person.type(std::string(ctrl_u) + "exit\r");
    CHECK(person.leaves() == 0);
    CHECK(content_of("history") == "cat\nexit\n");
}

TEST_CASE("Tab completes by what stands before it", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"countd", "countdown "},
        {"cat alph", "cat alpha "},
        {"cat al", "cat alp"},
        {"cat a\\ ", "cat a\\ b "},
        {"cat 'a", "cat 'a"},
        {"cat 'a b", "cat 'a b' "},
        {"cd h", "cd hills/"},
        {"true; countd", "true; countdown "},
        {"true | countd", "true | countdown "},
        {"true >alph", "true >alpha "},
        {"if countd", "if countdown "},
        {"x=1 countd", "x=1 countdown "},
        {"man WaitT", "man WaitTask "},
        {"man waitt", "man WaitTask "},
        {"man wait_ta", "man WaitTask "},
        {"help countd", "help countdown "},
        {"echo $YOS_HIS", "echo $YOS_HISTORY "},
        {"echo ${YOS_HIS", "echo ${YOS_HISTORY} "},
        {"export YOS_HIS", "export YOS_HISTORY "},
        {"unset YOS_HIS", "unset YOS_HISTORY "},
        {"seq --sep", "seq --separator "},
        {"nosuchcommand --", "nosuchcommand --"},
    };
    for (const auto& [typed, completed] : cases) {
        person.type(typed + "\t");
        person.sees_at_cursor("yos$ " + completed);
        person.type(ctrl_u);
        person.sees_at_cursor("yos$ ");
    }
    person.type("sleep 1000 &\r");
    person.sees_at_cursor("yos$ ");
    person.type("kill %\t\r");
    person.sees("yos$ kill %1");
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("Tab lists what there is when it is not one thing", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("cat al\t");
    person.sees_at_cursor("yos$ cat alp");
    person.type("\t");
    person.sees("alpha   alpine");
    person.sees_at_cursor("yos$ cat alp");
    person.type("i\t");
    person.sees_at_cursor("yos$ cat alpine ");
    person.type(std::string(ctrl_u) + "cat 'a\t");
    person.sees("a b     alpha   alpine");
    person.sees_at_cursor("yos$ cat 'a");
    person.type(std::string(ctrl_u) + ctrl_l + "cat a");
    person.sees_at_cursor("yos$ cat a");
    person.type("\t");
    person.sees("a b     alpha   alpine");
    person.type(std::string(ctrl_u) + "exit\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("what others print leaves the line alone that is being typed", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type(
        "for i in 1 2 3; do sleep 0.05; printf \"n$i\"; sleep 0.05; echo; done &\rhalf a li");
    person.sees("n3");
    person.sees("n2");
    person.sees_at_cursor("yos$ half a li");
    person.type("ne");
    person.sees_at_cursor("yos$ half a line");
    const std::vector<std::string> lines = person.lines();
    CHECK(std::count(lines.begin(), lines.end(), "yos$ half a line") == 1);
    CHECK(std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
              return line.starts_with('n');
          }) == 3);
    person.type(ctrl_c);
    person.sees("yos$ half a line^C");
    person.type("exit 0\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("a pasted text is put in, and its newlines run nothing", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("\x1b[200~echo one\necho ");
    person.type("two\x1b[201~");
    person.sees("echo two");
    person.type("\r");
    person.sees("one");
    person.sees("yos$ two");
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("a program may have the keys as they are typed", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("top -d 100\r");
    person.sees("  TID   CPU%   TRAPS/S  SWITCH/S STATE     ELAPSED NAME             WAITING-FOR");
    person.type("q");
    person.sees_at_cursor("yos$ ");
    person.type("exit 2\r");
    CHECK(person.leaves() == 2);
}

TEST_CASE("a resized window is told to programs, and the line fits into it", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("abc");
    person.sees_at_cursor("yos$ abc");
    person.process().resize(50, 60);
    person.type("def");
    person.sees_at_cursor("yos$ abcdef");
    person.type(ctrl_u);
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("a line beyond all reason is refused, and the shell lives", "[editing][hostile]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    const std::string piece(1'000, 'x');
    std::thread typing([&] {
        for (int i = 0; i < 1'000; ++i) {
            person.type(piece);
        }
        person.type("\r");
    });
    person.sees("yos: a line has at most 65536 bytes: this one was dropped");
    typing.join();
    person.type("\recho still here\r");
    person.sees("still here");
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("no key and no half of one holds up the others", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("ticker --every 1 > ticks &\recho begun\r");
    person.sees("begun");
    const std::vector<std::string> pieces = {escape,
                                             "[",
                                             "A",
                                             escape,
                                             ctrl_r,
                                             "e",
                                             "\xc3",
                                             "\xa9",
                                             ctrl_r,
                                             escape,
                                             "\x18",
                                             "\x16",
                                             "x",
                                             "\x1d",
                                             "y",
                                             "\x1b[200~",
                                             "pasted",
                                             "\x1b[201~",
                                             "\x1b"};
    for (const std::string& piece : pieces) {
        person.type(piece);
        const auto before = std::filesystem::file_size("ticks");
        while (std::filesystem::file_size("ticks") == before) {
            std::this_thread::yield();
        }
    }
    person.type(ctrl_c);
    person.type("exit 0\r");
    CHECK(person.leaves() == 0);
}

}  // namespace
}  // namespace yos
