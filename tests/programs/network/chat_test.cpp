#include "syscalls/sleep.h"
#include "tests/lib/process.h"
#include "tests/lib/run_program.h"
#include "tests/lib/serve.h"

#include <chrono>
#include <csignal>

namespace yos {
namespace {

Coroutine<> talk() {
    ServerRun server = co_await start_server("chat");
    Socket ann = co_await call_server(server);
    co_await converse(ann, "", "* you are guest1, in the hall\r\n");
    Socket bob = co_await call_server(server);
    co_await converse(bob, "", "* you are guest2, in the hall\r\n");
    co_await converse(ann, "", "* guest2 has joined\r\n");
    co_await converse(ann, "/nick ann\r\n", "* guest1 is now ann\r\n");
    co_await converse(
        bob,
        "/nick ann\n",
        "* guest1 is now ann\r\n* that is no name, or somebody has it: /nick NAME\r\n");
    co_await converse(bob, "/nick bob\r\n", "* guest2 is now bob\r\n");
    co_await converse(ann, "hel", "* guest2 is now bob\r\n");
    co_await converse(ann, "lo\r\n/who\r\n", "* in hall: ann bob\r\n");
    co_await converse(bob, "", "<ann> hello\r\n");
    co_await converse(bob, "/join attic\r\n", "* you are in attic\r\n");
    co_await converse(ann,
                      "nobody hears this\r\n/rooms\r\n",
                      "* bob has left for attic\r\n* attic: 1\r\n* hall: 1\r\n");
    co_await converse(ann, "/join attic\r\n", "* you are in attic\r\n");
    co_await converse(bob, "", "* ann has joined\r\n");
    co_await converse(
        bob, "/dance\r\n", "* there are /nick NAME, /join ROOM, /rooms, /who and /quit\r\n");
    co_await converse(bob, "/quit\r\n", "* bye\r\n");
    const std::string rest = co_await bob.recv(1);
    CHECK(rest.empty());
    co_await converse(ann, "", "* bob has left\r\n");
    const std::string said = co_await server.stop();
    CHECK(said == "chat: stopped after 2 connections, 1 still open");
}

TEST_CASE("people talk in the rooms of chat", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(talk()) == Ending::finished);
}

Coroutine<> break_off() {
    ServerRun server = co_await start_server("chat");
    Socket ann = co_await call_server(server);
    co_await converse(ann, "", "* you are guest1, in the hall\r\n");
    {
        Socket bob = co_await call_server(server);
        co_await converse(ann, "", "* guest2 has joined\r\n");
    }
    co_await converse(ann, "", "* guest2 has left\r\n");
    co_await server.stop();
}

TEST_CASE("chat tells that somebody broke off", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(break_off()) == Ending::finished);
}

Coroutine<> type_nonsense() {
    ServerRun server = co_await start_server("chat");
    Socket ann = co_await call_server(server);
    co_await converse(ann, "", "* you are guest1, in the hall\r\n");
    const std::string endless(100'000, 'x');
    co_await ann.send(endless);
    co_await converse(ann, "\r\n/who\r\n", "* that line is too long\r\n* in hall: guest1\r\n");
    co_await converse(ann, "\xff\xfd\x03/nick ann\r\n", "* guest1 is now ann\r\n");
    co_await server.stop();
}

TEST_CASE("chat understands who types nonsense, or whose telnet has something to say too",
          "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(type_nonsense()) == Ending::finished);
}

Coroutine<> read_nothing() {
    ServerRun server = co_await start_server("chat");
    Socket slow = co_await call_server(server);
    co_await converse(slow, "", "* you are guest1, in the hall\r\n");
    Socket ann = co_await call_server(server);
    co_await converse(ann, "", "* you are guest2, in the hall\r\n");
    const std::string line = std::string(900, 'x') + "\r\n";
    bool gone = false;
    for (int i = 0; i < 1'000 && !gone; ++i) {
        std::string lines;
        for (int j = 0; j < 20; ++j) {
            lines += line;
        }
        co_await ann.send(lines);
        co_await ann.send("/rooms\r\n");
        const std::string heard = co_await hear(ann, 11);
        gone = heard != "* hall: 2\r\n";
        co_yield Sleep{std::chrono::milliseconds(1)};
    }
    CHECK(gone);
    co_await server.stop();
}

TEST_CASE("chat leaves a guest that does not read", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(read_nothing()) == Ending::finished);
}

TEST_CASE("sleepers sleep one after another, and then at once", "[programs]") {
    HostMachine machine;
    const ProgramRun run = run_program(machine, "sleepers", {});
    CHECK(run.status == 0);
    CHECK(run.out ==
          "one after another:\n"
          "will sleep 1\nslept 1\nwill sleep 2\nslept 2\ntook 3 s\n"
          "at once:\n"
          "will sleep 1\nwill sleep 2\nslept 1\nslept 2\ntook 2 s\n");
}

TEST_CASE("the echo servers of the course echo, and stop when they are interrupted", "[programs]") {
    for (const std::string name : {"echogood", "echothread"}) {
        INFO(name);
        Process yos({"-c", name + " 0"});
        yos.expect(name + ": listening at 127.0.0.1:");
        yos.expect("\n");
        const std::string said = yos.output().substr(0, yos.output().find('\n'));
        Process other({"-c", "blaster localhost " + said.substr(said.rfind(':') + 1) + " -n 5"});
        other.expect("every byte came back as it was sent");
        CHECK(other.wait() == 0);
        yos.signal(SIGINT);
        CHECK(yos.wait() == 130);
    }
}

}  // namespace
}  // namespace yos
