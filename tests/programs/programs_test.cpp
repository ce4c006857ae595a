#include "tests/lib/run_program.h"

#include <algorithm>
#include <array>

namespace yos {
namespace {

TEST_CASE("every program has a summary of one line and a --help", "[programs]") {
    for (const Program* program = this_module.programs; program; program = program->next()) {
        CAPTURE(program->name());
        CHECK(!program->summary().empty());
        CHECK(program->summary().find('\n') == std::string_view::npos);
        const bool takes_any_words =
            program->name() == "echo" || program->name() == "true" || program->name() == "false";
        if (!takes_any_words) {
            Machine machine;
            const ProgramRun run = run_program(machine, std::string(program->name()), {"--help"});
            CHECK(run.status == 0);
            CHECK(run.out.find("usage: " + std::string(program->name())) != std::string::npos);
            CHECK(run.err.empty());
        }
    }
}

TEST_CASE("programs say what is wrong with their arguments, and how they are used", "[programs]") {
    struct Wrong {
        const char* program;
        std::vector<std::string> words;
        const char* complaint;
    };
    const std::vector<Wrong> wrongs = {
        {"countdown", {}, "countdown: N is required"},
        {"countdown", {"-3"}, "countdown: "},
        {"countdown", {"x"}, "countdown: N: \"x\" is not a whole number from 0 to 1000000000"},
        {"ticker", {"1", "--every", "1.5"}, "ticker: --every: \"1.5\" is not a whole number"},
        {"ticker", {"1", "2"}, "ticker: "},
        {"sleep", {"soon"}, "sleep: \"soon\" is not a number of seconds"},
        {"sleep", {"1e300"}, "sleep: \"1e300\" is not a number of seconds"},
        {"kill", {}, "kill: TID is required"},
        {"kill", {"-STOP", "5"}, "kill: a task takes -KILL and -INT, not -STOP"},
        {"kill", {"-q", "5"}, "kill: The following argument was not expected: -q"},
        {"kill", {"-3", "5"}, "kill: a task takes -KILL and -INT, not -3"},
        {"time", {"-Q", "true"}, "time: The following argument was not expected: -Q"},
        {"echo-server", {"99999"}, "the port is a number from 0 to 65535"},
        {"echo-server", {"nonsense"}, "echo-server: PORT: bad address \"nonsense\""},
        {"echo-client", {"localhost"}, "echo-client: PORT is required"},
        {"echo-client", {"localhost", "0"}, "\"0\" is not a whole number from 1 to 65535"},
        {"blaster", {"localhost", "9", "-n", "0"}, "\"0\" is not a whole number from 1"},
        {"ps", {"--wide"}, "ps: "},
    };
    for (const Wrong& wrong : wrongs) {
        CAPTURE(wrong.program, wrong.words);
        Machine machine;
        const ProgramRun run = run_program(machine, wrong.program, wrong.words);
        CHECK(run.status == 2);
        CHECK(run.out.empty());
        CHECK(run.err.find(wrong.complaint) != std::string::npos);
        CHECK(run.err.find("\nusage: " + std::string(wrong.program)) != std::string::npos);
    }
}

TEST_CASE("true, false and echo do what they have always done", "[programs]") {
    const auto run = [](const std::string& name, std::vector<std::string> words) {
        Machine machine;
        return run_program(machine, name, std::move(words));
    };
    CHECK(run("true", {}).status == 0);
    CHECK(run("false", {}).status == 1);
    CHECK(run("echo", {"a", "b c"}).out == "a b c\n");
    CHECK(run("echo", {"-n", "a"}).out == "a");
    CHECK(run("echo", {}).out == "\n");
    CHECK(run("echo", {"", "x", ""}).out == " x \n");
}

TEST_CASE("countdown counts down, ticker counts up in its own time", "[programs]") {
    {
        Machine machine;
        CHECK(run_program(machine, "countdown", {"3"}).out == "3\n2\n1\n");
        CHECK(machine.kernel().now() == Time{});
    }
    Machine machine;
    CHECK(run_program(machine, "ticker", {"2", "--every", "250"}).out == "tick 1\ntick 2\n");
    CHECK(machine.kernel().now() == Time{std::chrono::milliseconds(500)});
}

TEST_CASE("sleep sleeps as long as it is told", "[programs]") {
    Machine machine;
    CHECK(run_program(machine, "sleep", {"1.5"}).status == 0);
    CHECK(machine.kernel().now() == Time{std::chrono::milliseconds(1500)});
}

TEST_CASE("cat passes its input on, and goes on behind a file that it cannot open", "[programs]") {
    Machine machine;
    const ProgramRun run = run_program(machine, "cat", {"/nonexistent", "-"}, "line\n");
    CHECK(run.out == "line\n");
    CHECK(run.err == "cat: /nonexistent: No such file or directory\n");
    CHECK(run.status == 1);
}

TEST_CASE("kill tells of a task that there is not, and of one that it may not kill", "[programs]") {
    Machine machine;
    const ProgramRun run = run_program(machine, "kill", {"99", "0", "x"});
    CHECK(run.status == 1);
    CHECK(run.err.find("kill: no task 99\n") != std::string::npos);
    CHECK(run.err.find("kill: task 0: Operation not permitted\n") != std::string::npos);
    CHECK(run.err.find("kill: \"x\" is no tid and no job") != std::string::npos);
}

TEST_CASE("ps lists all tasks, the kernel's too", "[programs]") {
    Machine machine;
    const ProgramRun run = run_program(machine, "ps", {});
    CHECK(run.out.find("TID") != std::string::npos);
    CHECK(run.out.find(" io\n") != std::string::npos);
    CHECK(run.out.find("WaitTask(4)") != std::string::npos);
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') == 6);
}

Coroutine<> look_up(std::string name, std::string& exact, std::string& nearest) {
    const ProgramRef found = co_await find_program(name);
    exact = found ? found->name() : "none";
    nearest = co_await nearest_program(name);
}

TEST_CASE("a name that is nearly a program's finds it", "[programs]") {
    const std::vector<std::array<std::string, 3>> look_ups = {
        {"countdown", "countdown", "countdown"},
        {"countdwn", "none", "countdown"},
        {"ehco", "none", "echo"},
        {"zzzzzzzz", "none", ""},
    };
    for (const auto& [name, exact, nearest] : look_ups) {
        CAPTURE(name);
        Machine machine;
        std::string found_exact;
        std::string found_nearest;
        machine.run(look_up(name, found_exact, found_nearest));
        CHECK(found_exact == exact);
        CHECK(found_nearest == nearest);
    }
}

}  // namespace
}  // namespace yos
