// The course's generators and coroutines, run as a user runs them.

#include "syscalls/kill_task.h"
#include "syscalls/open.h"
#include "tests/lib/loopback.h"
#include "tests/lib/pipeline.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace yos {
namespace {

ProgramRun run(const std::string& name, std::vector<std::string> words, std::string input = {}) {
    HostMachine machine;
    return run_program(machine, name, std::move(words), std::move(input));
}

std::string run_in_line(std::vector<Stage> stages) {
    HostMachine machine;
    return run_pipeline(machine, std::move(stages)).out;
}

// ---- Generators ----

TEST_CASE("range prints the numbers from the first up to the end, but not the end", "[programs]") {
    CHECK(run("range", {"0", "10", "3"}).out == "0\n3\n6\n9\n");
    CHECK(run("range", {"3", "3"}).out.empty());
    CHECK(run_in_line({{"range", {"5", "1000000000"}}, {"head", {"-2"}}}) == "5\n6\n");
}

TEST_CASE("naturals prints as many as it is told, of those that are chosen", "[programs]") {
    CHECK(run("naturals", {"3"}).out == "0\n1\n2\n");
    CHECK(run("naturals", {"4", "--multiples-of", "3", "--squared"}).out == "0\n9\n36\n81\n");
    CHECK(run_in_line({{"naturals", {}}, {"head", {"-2"}}}) == "0\n1\n");
}

TEST_CASE("bogus loses the value that send() gave", "[programs]") {
    CHECK(run("bogus", {}).out ==
          "counting down from 5, and on from 3:\n5\n2\n1\n0\n"
          "where is the 3? send() had it\n");
}

TEST_CASE("cocrash is told that the generator is already executing", "[programs]") {
    const ProgramRun crash = run("cocrash", {});
    CHECK(crash.status == 1);
    CHECK(crash.out == "sent on: hello\n");
    CHECK(crash.err == "cocrash: generator already executing\n");
}

TEST_CASE("trampoline calls as deep as it is told", "[programs]") {
    CHECK(run("trampoline", {}).out == "10\n");
    CHECK(run("trampoline", {"0"}).out == "0\n");
    CHECK(run("trampoline", {"2000"}).out == "2001000\n");
    CHECK(run("trampoline", {"20000"}).out == "200010000\n");
}

// ---- Pipelines ----

const std::string poem = "a python\na parrot\nno python\nno cheese";

TEST_CASE("pipeline and copipe, pulled and pushed, print the lines that match", "[programs]") {
    for (const char* const name : {"pipeline", "copipe"}) {
        CAPTURE(name);
        CHECK(run(name, {"python"}, poem).out == "a python\nno python\n");
        CHECK(run(name, {"cheese"}, poem).out == "no cheese\n");
        CHECK(run(name, {"spam"}, poem).out.empty());
        const ProgramRun missing = run(name, {"x", "/no/such/file"});
        CHECK(missing.status == 1);
        CHECK(missing.err == std::string(name) + ": /no/such/file: No such file or directory\n");
    }
}

TEST_CASE("pipeline and copipe agree with grep on text of many blocks", "[programs]") {
    const Stage numbers{"seq", {"50000"}};
    const std::string expected = run_in_line({numbers, {"grep", {"77"}}});
    CHECK(expected.size() > 5'000);
    CHECK(run_in_line({numbers, {"pipeline", {"77"}}}) == expected);
    CHECK(run_in_line({numbers, {"copipe", {"77"}}}) == expected);
    CHECK(run_in_line({numbers, {"cothread", {"77"}}}) == expected);
}

TEST_CASE("cobroadcast feeds several pipelines from one source", "[programs]") {
    CHECK(run("cobroadcast", {"python", "no"}, poem).out ==
          "a python\nno python\nno python\nno cheese\n");
    CHECK(run("cobroadcast", {"--separate", "python", "no"}, poem).out ==
          "python: a python\npython: no python\nno: no python\nno: no cheese\n");
}

// ---- Other threads and processes ----

Coroutine<Tid> start_program(std::string name, std::vector<std::string> words, Fd in, Fd out) {
    const ProgramRef found = co_await find_program(name);
    REQUIRE(found);
    Invocation invocation(found, std::move(words));
    invocation.in = in;
    invocation.out = out;
    invocation.err = out;
    co_return co_yield NewTask{Program::run(std::move(invocation))}.leads_job();
}

Coroutine<> kill_while_it_reads(std::string name, std::vector<std::string> words) {
    const PipeEnds in = co_yield Pipe{};
    const PipeEnds out = co_yield Pipe{};
    const Tid program =
        co_await start_program(std::move(name), std::move(words), in.reader, out.writer);
    co_await write_all(in.writer, "a line\n");
    co_await let_others_wait();
    co_yield KillTask{program};
    co_yield WaitTask{program};
}

TEST_CASE("cothread that is killed leaves no thread waiting", "[programs]") {
    HostMachine machine;
    run_to_its_return(machine, kill_while_it_reads("cothread", {"line"}));
}

TEST_CASE("coprocess sends lines to a process, and numbers what it gets from it",
          "[programs][host]") {
    const ProgramRun upper = run("coprocess", {"tr", "a-z", "A-Z"}, "one\ntwo\n");
    CHECK(upper.out == "  1 ONE\n  2 TWO\n");
    CHECK(upper.status == 0);
    CHECK(run("coprocess", {"sh", "-c", "cat; exit 3"}, "one\n").status == 3);
    const ProgramRun none = run("coprocess", {"/no/such/program"});
    CHECK(none.status == 1);
    CHECK(none.err == "coprocess: /no/such/program: No such file or directory\n");
}

// ---- Logs ----

TEST_CASE("logsim adds lines to a log, about every so often", "[programs]") {
    const ScratchDirectory directory;
    const std::string log = directory.file("log");
    Kernel::Options options = Machine::on_host();
    options.seed = 7;
    Machine machine(options);
    CHECK(run_program(machine, "logsim", {log, "50"}).status == 0);
    std::ifstream file(log);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    CHECK(std::count(text.begin(), text.end(), '\n') == 50);
    CHECK(text.find("GET /python/") != std::string::npos);
    CHECK(machine.kernel().now() > Time(std::chrono::seconds(2)));
    CHECK(machine.kernel().now() < Time(std::chrono::seconds(20)));
}

Coroutine<> follow_a_log(std::string log, std::vector<std::string>& lines) {
    const Descriptor file = co_yield Open{log, O_WRONLY | O_CREAT};
    co_await write_all(file, "old\nhalf a");
    const PipeEnds out = co_yield Pipe{};
    std::vector<std::string> words = {log};
    const Tid follower =
        co_await start_program("follow", std::move(words), standard_input, out.writer);
    LineReader reader(out.reader);
    co_await let_others_wait();
    co_await write_all(file, " line\ntwo\nthree\n");
    while (lines.size() < 3) {
        const std::optional<std::string> line = co_await reader.read_line();
        lines.push_back(line.value());
    }
    co_yield KillTask{follower};
}

TEST_CASE("follow prints the lines that come, and of a line begun before the whole", "[programs]") {
    const ScratchDirectory directory;
    std::vector<std::string> lines;
    HostMachine machine;
    run_to_its_return(machine, follow_a_log(directory.file("log"), lines));
    CHECK(lines == std::vector<std::string>{"half a line", "two", "three"});
}

}  // namespace
}  // namespace yos
