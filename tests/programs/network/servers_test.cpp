// The bundled servers and clients, against each other over the host's loopback, in one machine.

#include "programs/lib/socket.h"
#include "syscalls/kill_task.h"
#include "tests/lib/run_program.h"

namespace yos {
namespace {

/// Starts echo-server and evaluates to the port that it says it listens at.
Coroutine<std::string> start_server(Fd out_writer, Fd out_reader) {
    const ProgramRef program = co_await find_program("echo-server");
    Invocation server(program, {"0"});
    server.out = out_writer;
    server.err = out_writer;
    co_yield NewTask{Program::run(std::move(server)), "server"};
    LineReader lines(out_reader);
    const std::optional<std::string> said = co_await lines.read_line();
    co_return said->substr(said->rfind(':') + 1);
}

/// Runs a client program against a server of its own, which is killed at the end.
Coroutine<> drive_client(std::string name,
                         std::vector<std::string> options,
                         std::string input,
                         ProgramRun& run) {
    PipeEnds said = co_yield Pipe{};
    const std::string port = co_await start_server(said.writer, said.reader);
    std::vector<std::string> words = {"127.0.0.1", port};
    words.insert(words.end(), options.begin(), options.end());
    co_await drive_program(name, std::move(words), std::move(input), run);
    const Tid server = 2;
    co_yield KillTask{server};
}

ProgramRun run_client(Machine& machine,
                      const std::string& name,
                      std::vector<std::string> options,
                      std::string input = {}) {
    ProgramRun run;
    machine.run(drive_client(name, std::move(options), std::move(input), run));
    return run;
}

TEST_CASE("echo-client sends its input to a server and prints what comes back",
          "[programs][host]") {
    HostMachine machine;
    const std::string text = "hello\nbinary \x01\xff too\n" + std::string(40'000, 'x');
    const ProgramRun run = run_client(machine, "echo-client", {}, text);
    CHECK(run.status == 0);
    CHECK(run.out == text);
    CHECK(run.err.empty());
}

TEST_CASE("blaster finds every byte back at echo-server", "[programs][host]") {
    HostMachine machine;
    const ProgramRun run = run_client(machine, "blaster", {"-n", "50", "-m", "20", "-s", "100"});
    CHECK(run.status == 0);
    CHECK(run.out.find("50 connections, 1000 messages of 100 bytes") == 0);
    CHECK(run.out.find("every byte came back as it was sent") != std::string::npos);
    CHECK(run.err.empty());
}

TEST_CASE("blaster sends messages larger than any buffer", "[programs][host]") {
    HostMachine machine;
    const ProgramRun run = run_client(machine, "blaster", {"-n", "2", "-m", "2", "-s", "1000000"});
    CHECK(run.status == 0);
    CHECK(run.out.find("2 connections, 4 messages of 1000000 bytes") == 0);
}

TEST_CASE("blaster tells of a server that is not there, and fails", "[programs][host]") {
    HostMachine machine;
    const ProgramRun run = run_program(machine, "blaster", {"127.0.0.1", "1", "-n", "3"});
    CHECK(run.status == 1);
    CHECK(run.out == "3 connections, 0 messages of 1024 bytes in 0.00 s\n");
    CHECK(run.err.find("blaster: 3 connections failed, the first because: ") == 0);
    CHECK(run.err.find("refused") != std::string::npos);
}

/// Answers with something else than what was sent.
Coroutine<> serve_wrongly(Socket listener) {
    const Socket client = co_await listener.accept();
    std::string data(100, '\0');
    while (const std::size_t got = co_yield Read{client.fd(), data}) {
        data[got / 2] = static_cast<char>(data[got / 2] + 1);
        co_yield Write{client.fd(), std::span<const char>(data).first(got)};
    }
}

Coroutine<> blast_wrong_server(ProgramRun& run) {
    Socket listener = co_await Socket::listen(Address::parse("0"));
    const std::string address = (co_await listener.local_address()).to_string();
    co_yield NewTask{serve_wrongly(std::move(listener))};
    std::vector<std::string> words = {"127.0.0.1", address.substr(address.rfind(':') + 1)};
    words.insert(words.end(), {"-n", "1"});
    co_await drive_program("blaster", std::move(words), "", run);
}

TEST_CASE("blaster notices a byte that is not what it sent", "[programs][host]") {
    HostMachine machine;
    ProgramRun run;
    machine.run(blast_wrong_server(run));
    CHECK(run.status == 1);
    CHECK(run.err.find("the server sent back something else") != std::string::npos);
    CHECK(run.out.find("every byte") == std::string::npos);
}

}  // namespace
}  // namespace yos
