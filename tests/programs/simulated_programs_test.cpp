// The bundled programs in a world without a host: what is run there does the same each time, and
// who needs the host is told so.

#include "kernel/doors/run_hash.h"
#include "syscalls/kill_task.h"
#include "tests/lib/run_program.h"
#include "tests/lib/serve.h"

#include <set>

namespace yos {
namespace {

ProgramRun run_alone(const std::string& name, std::vector<std::string> words) {
    Machine machine;
    return run_program(machine, name, std::move(words));
}

TEST_CASE("who goes past the kernel is refused where a run is to repeat itself", "[simulated]") {
    const std::string why =
        ": goes past the kernel, and this run is to repeat itself: Operation not permitted\n";
    for (const auto& [name, word] : {std::pair<std::string, std::string>{"echobad", "0"},
                                     {"echothread", "0"},
                                     {"cothread", "lion"}}) {
        const ProgramRun run = run_alone(name, {word});
        CHECK(run.status == 1);
        CHECK(run.err == name + why);
    }
}

TEST_CASE("in a simulated world there are no files", "[simulated]") {
    const ProgramRun cat = run_alone("cat", {"/etc/passwd"});
    CHECK(cat.status == 1);
    CHECK(cat.err == "cat: /etc/passwd: No such file or directory\n");
}

Coroutine<> serve_and_blast(ProgramRun& run) {
    ServerRun server = co_await start_server("echo-server");
    std::vector<std::string> words = {
        "127.0.0.1", server.port, "-n", "5", "-m", "20", "-s", "5000"};
    co_await drive_program("blaster", std::move(words), "", run);
    co_yield KillTask{server.tid};
}

struct Blasted {
    std::string out;
    std::uint64_t hash = 0;
};

Blasted blast(std::uint64_t seed) {
    Kernel::Options options = Machine::options();
    options.seed = seed;
    Machine machine(options);
    RunHash hash;
    machine.kernel().attach(hash);
    ProgramRun run;
    machine.run(serve_and_blast(run));
    CHECK(run.err == "");
    CHECK(run.status == 0);
    return {run.out, hash.value()};
}

TEST_CASE("a server and its clients do the same each time in a simulated world", "[simulated]") {
    std::set<std::uint64_t> hashes;
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        const Blasted first = blast(seed);
        const Blasted second = blast(seed);
        CHECK(first.out.starts_with("5 connections, 100 messages of 5000 bytes"));
        CHECK(first.out == second.out);
        CHECK(first.hash == second.hash);
        hashes.insert(first.hash);
    }
    CHECK(hashes.size() == 5);
}

}  // namespace
}  // namespace yos
