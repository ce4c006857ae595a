// pyos1 to pyos8, as programs: that they print what the course's print, and serve. For the same
// schedule from this kernel see tests/kernel/pyos_test.cpp.

#include "syscalls/kill_task.h"
#include "tests/lib/loopback.h"
#include "tests/lib/pipeline.h"

#include <algorithm>

namespace yos {
namespace {

std::string output_of(const std::string& name) {
    HostMachine machine;
    const ProgramRun run = run_program(machine, name, {});
    CHECK(run.status == 0);
    CHECK(run.err.empty());
    return run.out;
}

std::string first_lines_of(const std::string& name, int lines) {
    HostMachine machine;
    return run_pipeline(machine, {{name, {}}, {"head", {"-" + std::to_string(lines)}}}).out;
}

std::string repeated(int times, const std::string& text) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

TEST_CASE("pyos1 runs a task by hand", "[programs]") {
    CHECK(output_of("pyos1") == "Running foo()\nPart 1\nResuming foo()\nPart 2\n");
}

TEST_CASE("pyos2 lets two tasks take turns, for ever", "[programs]") {
    CHECK(first_lines_of("pyos2", 100) == repeated(50, "I'm foo\nI'm bar\n"));
}

TEST_CASE("pyos3 goes on when one task has ended", "[programs]") {
    CHECK(first_lines_of("pyos3", 30) ==
          repeated(10, "I'm foo\nI'm bar\n") + "Task 1 terminated\n" + repeated(9, "I'm bar\n"));
}

TEST_CASE("pyos4 tells tasks their tids", "[programs]") {
    CHECK(output_of("pyos4") == repeated(5, "I'm foo 1\nI'm bar 2\n") + "Task 1 terminated\n" +
                                    repeated(5, "I'm bar 2\n") + "Task 2 terminated\n");
}

TEST_CASE("pyos5 starts a task and kills it", "[programs]") {
    CHECK(output_of("pyos5") ==
          repeated(5, "I'm foo 2\n") + "Task 2 terminated\nmain done\nTask 1 terminated\n");
}

TEST_CASE("pyos6 waits for a task", "[programs]") {
    CHECK(output_of("pyos6") == "I'm foo\nWaiting for child\n" + repeated(4, "I'm foo\n") +
                                    "Task 2 terminated\nChild done\nTask 1 terminated\n");
}

// ---- The servers ----

Coroutine<Tid> start_server(std::string name, std::vector<std::string> words, Fd out) {
    const ProgramRef found = co_await find_program(name);
    REQUIRE(found);
    Invocation invocation(found, std::move(words));
    invocation.out = out;
    invocation.err = out;
    co_return co_yield NewTask{Program::run(std::move(invocation))}.leads_job();
}

Coroutine<Address> address_in(LineReader& lines) {
    const std::optional<std::string> line = co_await lines.read_line();
    CHECK(line->find("Server starting at ") == 0);
    co_return Address::parse(line->substr(line->rfind(' ') + 1));
}

Coroutine<> echo(Socket& client, std::string text) {
    co_await client.send(text);
    std::string came;
    while (came.size() < text.size()) {
        const std::string some = co_await client.recv(65'536);
        REQUIRE(!some.empty());
        came += some;
    }
    CHECK((came == text));
}

/// Two clients at once; the second is served while the first says nothing.
Coroutine<> talk_to(std::string name, std::vector<std::string>& lines) {
    const PipeEnds out = co_yield Pipe{};
    std::vector<std::string> words = {"127.0.0.1:0"};
    const Tid server = co_await start_server(name, std::move(words), out.writer);
    LineReader said(out.reader);
    const Address address = co_await address_in(said);
    {
        Socket first = co_await Socket::connect(address);
        Socket second = co_await Socket::connect(address);
        co_await echo(second, "hello");
        co_await echo(first, std::string(50'000, 'x'));
        co_await echo(second, "again");
    }
    for (int i = 0; i < 6; ++i) {
        const std::optional<std::string> line = co_await said.read_line();
        lines.push_back(*line);
    }
    co_yield KillTask{server};
    co_yield WaitTask{server};
}

TEST_CASE("pyos7 and pyos8 serve several clients at once", "[programs][host]") {
    for (const char* const name : {"pyos7", "pyos8"}) {
        CAPTURE(name);
        HostMachine machine;
        std::vector<std::string> lines;
        run_to_its_return(machine, talk_to(name, lines));
        CHECK(std::count(lines.begin(), lines.end(), "Connection") == 2);
        CHECK(std::count(lines.begin(), lines.end(), "Client closed") == 2);
        CHECK(std::count(lines.begin(), lines.end(), "Task 3 terminated") == 1);
        CHECK(std::count(lines.begin(), lines.end(), "Task 4 terminated") == 1);
    }
}

Coroutine<> listen_to_one_that_is_alive(bool& served) {
    const PipeEnds out = co_yield Pipe{};
    std::vector<std::string> words = {"127.0.0.1:0", "--alive"};
    const Tid server = co_await start_server("pyos7", std::move(words), out.writer);
    LineReader said(out.reader);
    std::optional<std::string> line = co_await said.read_line();
    while (*line == "I'm alive!") {
        line = co_await said.read_line();
    }
    Socket client = co_await Socket::connect(Address::parse(line->substr(line->rfind(' ') + 1)));
    co_await client.send("x");
    while (*line != "Connection") {  // it goes on saying so
        line = co_await said.read_line();
    }
    co_yield KillTask{server};
    served = true;
}

TEST_CASE("pyos7 serves while another of its tasks is ready all the time", "[programs][host]") {
    HostMachine machine;
    bool served = false;
    run_to_its_return(machine, listen_to_one_that_is_alive(served));
    CHECK(served);
}

}  // namespace
}  // namespace yos
