#include "programs/lib/manual_page.h"
#include "tests/lib/run_program.h"

#include <sstream>

namespace yos {
namespace {

using Catch::Matchers::ContainsSubstring;

ProgramRun man(std::vector<std::string> words) {
    Machine machine;
    return run_program(machine, "man", std::move(words));
}

Coroutine<> read_manual(std::vector<std::string>& texts, std::size_t& listed) {
    const Manual manual = co_await open_manual();
    for (const ManualPage* page : manual.pages()) {
        texts.emplace_back(page->text());
        listed += page->listed() ? 1 : 0;
    }
}

TEST_CASE("man shows the page of a call", "[man]") {
    const ProgramRun run = man({"WaitTask"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, ContainsSubstring("NAME\n    WaitTask - how did a task end?\n"));
    CHECK_THAT(run.out, ContainsSubstring("    #include \"syscalls/wait_task.h\"\n"));
    CHECK_THAT(run.out,
               ContainsSubstring("    co_yield WaitTask{Tid tid} -> std::optional<ExitStatus>\n"));
    CHECK_THAT(run.out, ContainsSubstring("\nBLOCKS\n    Blocks until it has;"));
    CHECK_THAT(run.out, ContainsSubstring("\nERRORS\n    EDEADLK         oneself.\n"));
    CHECK_THAT(run.out, ContainsSubstring("\nHISTORY\n    After pyos6.\n"));
}

TEST_CASE("man takes the name of a class or of a file, in capitals or not", "[man]") {
    const std::string page = man({"WaitTask"}).out;
    CHECK(man({"wait_task"}).out == page);
    CHECK(man({"waittask"}).out == page);
    CHECK(man({"WAIT_TASK"}).out == page);
}

TEST_CASE("man alone lists all calls and subroutines, a line each, by name", "[man]") {
    const ProgramRun run = man({});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, ContainsSubstring("\nSleep            lets time pass\n"));
    CHECK_THAT(run.out, ContainsSubstring("\nwith_timeout     calls a subroutine"));
    CHECK(run.out.find("\nwait_on ") < run.out.find("\nWaitTask "));
    std::size_t lines = 0;
    std::istringstream list(run.out);
    for (std::string line; std::getline(list, line); ++lines) {
        CAPTURE(line);
        CHECK(line.size() <= 80);
    }
    Machine machine;
    std::vector<std::string> texts;
    std::size_t listed = 0;
    machine.run(read_manual(texts, listed));
    CHECK(lines == listed);
}

TEST_CASE("man does not list a part of a subroutine, but shows it", "[man]") {
    CHECK(man({}).out.find("Relock") == std::string::npos);
    CHECK_THAT(man({"Relock"}).out, ContainsSubstring("Relock - of wait_on: a Lock"));
}

TEST_CASE("man guesses what was meant, and fails", "[man]") {
    const ProgramRun near = man({"wait_tsk"});
    CHECK(near.status == 1);
    CHECK(near.out.empty());
    CHECK(near.err == "man: no system call \"wait_tsk\": did you mean WaitTask?\n");
    CHECK(man({"zzzzzzzz"}).err == "man: no system call \"zzzzzzzz\"; man lists them\n");
}

TEST_CASE("man tells of a program where its help is", "[man]") {
    const ProgramRun run = man({"ps"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, ContainsSubstring("ps --help tells more"));
}

TEST_CASE("help tells of a call where its page is", "[man]") {
    Machine machine;
    const ProgramRun run = run_program(machine, "sh", {"-c", "help waittask"});
    CHECK(run.status == 0);
    CHECK(run.out == "WaitTask is a system call: how did a task end?\nman WaitTask tells more.\n");
}

TEST_CASE("no line of the manual is longer than a terminal's", "[man]") {
    Machine machine;
    std::vector<std::string> texts;
    std::size_t listed = 0;
    machine.run(read_manual(texts, listed));
    CHECK(texts.size() > listed);
    for (const std::string& text : texts) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            CAPTURE(line);
            CHECK(line.size() <= 80);
        }
    }
}

}  // namespace
}  // namespace yos
