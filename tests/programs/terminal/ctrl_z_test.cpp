// A program that a person stops, looked at on the screen.

#include "tests/lib/person.h"
#include "tests/programs/terminal/desk.h"

namespace yos {
namespace {

constexpr const char* ctrl_d = "\x04";
constexpr const char* ctrl_z = "\x1a";

TEST_CASE("Ctrl-Z is heard, also when it takes back what was typed just before it", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("cat\r");
    person.runs("for cat", "for cat");
    for (int round = 0; round < 20; ++round) {
        person.type("taken back");
        person.type(ctrl_z);  // the host drops what it has not given to anybody yet
        person.sees_at_cursor("yos$ ");
        person.type("fg\r");
        person.sees_at_cursor("");
    }
    person.type(ctrl_d);
    person.sees_at_cursor("yos$ ");
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

TEST_CASE("a stopped program that reads does not take what is typed for the shell", "[editing]") {
    const Desk desk;
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("cat\r");
    person.runs("for cat", "for cat");
    person.type(ctrl_z);
    person.sees("[1] stopped: cat");
    person.runs("echo for the shell", "for the shell");
    person.type("ps\r");
    person.sees_at_cursor("yos$ ");
    person.type("fg\r");
    person.runs("for cat again", "for cat again");
    person.type(ctrl_d);
    person.sees_at_cursor("yos$ ");
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

}  // namespace
}  // namespace yos
