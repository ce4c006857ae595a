// A person at a terminal.

#include "tests/lib/catch.h"
#include "tests/lib/process.h"

#include <csignal>

namespace yos {
namespace {

TEST_CASE("a session: help, ps, a job, exit", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("help\n");
    yos.expect("echo-server");
    yos.expect("yos$ ");
    yos.type("ps\n");
    yos.expect("TID");
    yos.expect("AwaitEvents()");
    yos.expect("sh");
    yos.type("sleep 100 &\n");
    yos.expect("[1] ");
    yos.type("jobs\n");
    yos.expect("sleep 100");
    yos.type("kill %1\n");
    yos.expect("[1] killed by");
    yos.type("exit 5\n");
    CHECK(yos.wait() == 5);
}

TEST_CASE("Ctrl-C ends the job in the foreground, and nothing else", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("sleep 1000 &\n");
    yos.expect("yos$ ");
    yos.type("sleep 2000\n");
    yos.expect("sleep 2000");
    yos.type("\x03");
    yos.expect("yos$ ");
    yos.type("echo status $?\n");
    yos.expect("status 130");
    yos.type("jobs\n");
    yos.expect("sleep 1000");
    yos.type("fg\n");
    yos.expect("sleep 1000");
    yos.type("\x03");
    yos.expect("yos$ ");
    yos.type("jobs\n");
    yos.expect("yos$ ");
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
}

TEST_CASE("Ctrl-C at the prompt gives a new one", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("rubbish\x03");
    yos.expect("yos$ ");
    yos.type("echo fine\n");
    yos.expect("fine");
    yos.type("exit\n");
    CHECK(yos.wait() == 0);
}

TEST_CASE("Ctrl-C ends the wait for background jobs, and not the jobs", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("sleep 1000 &\n");
    yos.expect("[1] ");
    yos.expect("yos$ ");
    yos.type("wait\n");
    yos.expect("wait");
    yos.type("\x03");
    yos.expect("yos$ ");
    yos.type("jobs\n");
    yos.expect("sleep 1000");
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
}

TEST_CASE("Ctrl-D leaves, with the status of the last command", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("false\n");
    yos.expect("yos$ ");
    yos.type("\x04");
    yos.expect("exit");
    CHECK(yos.wait() == 1);
}

TEST_CASE("Ctrl-Z stops the job in the foreground, fg and bg let it go on", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("ticker 1000000 --every 5 | cat\n");
    yos.expect("tick 3");
    yos.type("\x1a");
    yos.expect("[1] stopped: ticker");
    yos.expect("yos$ ");
    yos.type("jobs; echo status $?\n");
    yos.expect("stopped: ticker");
    yos.type("fg\n");
    yos.expect("tick ");
    yos.type("\x1a");
    yos.expect("[1] stopped: ticker");
    yos.type("bg\n");
    yos.expect("tick ");
    yos.type("kill %1; wait; ps | cat; echo the end\n");
    yos.expect("the end\r\n");
    yos.type("\x1a");  // at the prompt there is nothing to stop
    yos.type("exit 3\n");
    CHECK(yos.wait() == 3);
}

TEST_CASE("a construct may be typed over several lines", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("for x in a b; do\n");
    yos.expect("> ");
    yos.type("echo got-$x\n");
    yos.expect("> ");
    yos.type("done\n");
    yos.expect("got-a\r\ngot-b\r\nyos$ ");
    yos.type("echo 'not\n");
    yos.expect("> ");
    yos.type("\x03");
    yos.expect("yos$ ");
    yos.type("while :; do :; done\n");
    yos.expect("done");
    yos.type("\x03");
    yos.expect("yos$ ");
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
}

TEST_CASE("a job that ends in the background is told of at the next prompt", "[session]") {
    Process yos({}, Process::Through::terminal);
    yos.expect("yos$ ");
    yos.type("false &\n");
    yos.expect("[1] ");
    yos.expect("yos$ ");
    yos.type("true\n");  // for which the shell waits, so that the job has its turn before
    yos.expect("[1] returned 1: false");
    yos.type("exit 0\n");
    CHECK(yos.wait() == 0);
}

TEST_CASE("a terminal that goes takes its session along, also beside a job in the background",
          "[session]") {
    for (const bool told : {false, true}) {
        INFO(told);
        Process yos({}, Process::Through::terminal);
        yos.expect("yos$ ");
        yos.type("ticker 1000000 --every 20 &\r");
        yos.expect("tick 2");
        if (told) {
            yos.signal(SIGHUP);
        } else {
            yos.hang_up();
        }
        CHECK(yos.wait() > 0);
    }
}

}  // namespace
}  // namespace yos
