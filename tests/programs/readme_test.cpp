// The README's own program and system call, compiled from the README's own text.

#include "tests/lib/run_program.h"

namespace yos {
namespace {

TEST_CASE("the README's first program greets, and waits for its system call", "[readme]") {
    Machine machine;
    const ProgramRun run = run_program(machine, "hello", {"reader"});
    CHECK(run.status == 0);
    CHECK(run.out == "hello, reader, two seconds later\n");
    CHECK(machine.record.has("4 blocked on WaitUntil()"));
    CHECK(machine.kernel().now() == Time{std::chrono::seconds(2)});
}

TEST_CASE("the README's first program refuses wrong arguments", "[readme]") {
    Machine machine;
    const ProgramRun run = run_program(machine, "hello", {"a", "b"});
    CHECK(run.status == 2);
    CHECK(run.err.find("usage: hello [--help] [WHOM]") != std::string::npos);
}

TEST_CASE("the README's first system call has a page in the manual", "[readme]") {
    Machine machine;
    const ProgramRun run = run_program(machine, "man", {"wait_until"});
    CHECK(run.status == 0);
    CHECK(run.out.find("    WaitUntil - waits until a point in time\n") != std::string::npos);
    CHECK(run.out.find("    #include \"syscalls/wait_until.h\"\n") != std::string::npos);
    CHECK(run.out.find("    co_yield WaitUntil{Time when}\n") != std::string::npos);
}

}  // namespace
}  // namespace yos
