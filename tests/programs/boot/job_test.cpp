// What a person does to a job reaches all of it.

#include "tests/lib/catch.h"
#include "tests/lib/process.h"

namespace yos {
namespace {

void expect_no_server(Process& yos) {
    yos.expect("yos$ ");
    yos.type("echo servers: $(ps | grep -c echo-serv)\n");
    yos.expect("servers: 0");
}

TEST_CASE("one Ctrl-C ends a subshell and the server in its background", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("(echo-server 0 & sleep 1000)\n");
    yos.expect("listening");
    yos.type("\x03");
    expect_no_server(yos);
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
}

TEST_CASE("Ctrl-C ends a script, when the server that it runs has ended", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("sh -c 'echo-server 0; echo not reached'\n");
    yos.expect("listening");
    yos.type("\x03");
    yos.expect("stopped after 0 connections");
    yos.expect("yos$ ");
    yos.type("echo status: $?\n");
    yos.expect("status: 130");
    expect_no_server(yos);
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
    CHECK(yos.output().find("not reached\r\n") == std::string::npos);
}

TEST_CASE("one Ctrl-C ends a script and what it has put into the background", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("sh -c 'echo-server 0 & sleep 1000 & sleep 2000'\n");
    yos.expect("listening");
    yos.type("\x03");
    expect_no_server(yos);
    yos.type("echo sleepers: $(ps | grep -c sleep)\n");
    yos.expect("sleepers: 0");
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
}

TEST_CASE("Ctrl-C in the midst of a substitution leaves no zombie", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("x=$(sh -c 'echo be\"g\"un' >&2; sleep 1000)\n");
    yos.expect("begun");
    yos.type("\x03");
    yos.expect("yos$ ");
    yos.type("echo zombies: $(ps | grep -c zombie)\n");
    yos.expect("zombies: 0");
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
}

TEST_CASE("kill %1 ends what a subshell has started", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("(echo-server 0 & sleep 1000) &\n");
    yos.expect("listening");
    yos.type("kill %1\n");
    expect_no_server(yos);
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
}

}  // namespace
}  // namespace yos
