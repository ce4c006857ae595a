// What all servers have from programs/lib/server.h, looked at in echo-server.

#include "tests/lib/serve.h"

#include "programs/lib/server.h"
#include "syscalls/kill_task.h"
#include "syscalls/sleep.h"
#include "tests/lib/process.h"

#include <csignal>

namespace yos {
namespace {

Coroutine<> stop_server(std::string& said) {
    ServerRun server = co_await start_server("echo-server");
    Socket gone = co_await call_server(server);
    co_await converse(gone, "hello", "hello");
    co_await gone.close();
    Socket client = co_await call_server(server);
    co_await converse(client, "hello", "hello");
    said = co_await server.stop();
    const std::string rest = co_await client.recv(1);
    CHECK(rest.empty());
}

TEST_CASE("a server that is interrupted says how many clients it had, and closes them",
          "[programs][host]") {
    HostMachine machine;
    std::string said;
    CHECK(machine.run(stop_server(said)) == Ending::finished);
    CHECK(said == "echo-server: stopped after 2 connections, 1 still open");
    CHECK(machine.kernel().now() < Time(std::chrono::seconds(1)));
}

Coroutine<> restart_server() {
    ServerRun server = co_await start_server("echo-server");
    Socket client = co_await call_server(server);
    co_await converse(client, "hello", "hello");
    const std::string port = server.port;
    co_await server.stop();
    ServerRun again = co_await start_server("echo-server", port);
    CHECK(again.port == port);
    Socket other = co_await call_server(again);
    co_await converse(other, "hello", "hello");
    co_await again.stop();
}

TEST_CASE("a server can be started again at once at the same port", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(restart_server()) == Ending::finished);
}

Coroutine<> kill_server() {
    ServerRun server = co_await start_server("echo-server");
    Socket client = co_await call_server(server);
    co_await converse(client, "hello", "hello");
    co_yield KillTask{server.tid};
    const std::string rest = co_await client.recv(1);
    CHECK(rest.empty());
}

TEST_CASE("the clients' tasks go with a server that is killed", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(kill_server()) == Ending::finished);
}

Coroutine<> kill_client_task() {
    ServerRun server = co_await start_server("echo-server");
    Socket one = co_await call_server(server);
    Socket two = co_await call_server(server);
    co_await converse(one, "hello", "hello");
    co_await converse(two, "hello", "hello");
    co_yield KillTask{server.tid + 1};
    const std::string rest = co_await one.recv(1);
    CHECK(rest.empty());
    co_await converse(two, "still here", "still here");
    const std::string said = co_await server.stop();
    CHECK(said == "echo-server: stopped after 2 connections, 1 still open");
}

TEST_CASE("to kill the task of one client does no harm to the others", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(kill_client_task()) == Ending::finished);
}

TEST_CASE("Ctrl-C stops a server that yos runs, which says farewell", "[programs]") {
    Process yos({"-c", "echo-server 0"});
    yos.expect("echo-server: listening at 127.0.0.1:");
    yos.expect("\n");
    yos.signal(SIGINT);
    yos.expect("echo-server: stopped after 0 connections, 0 still open\n");
    CHECK(yos.wait() == 130);
}

}  // namespace
}  // namespace yos
