#include "syscalls/new_task.h"
#include "syscalls/open.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

namespace yos {
namespace {

/// Sends back what comes until the end of the file.
Coroutine<> echo(Socket socket) {
    for (;;) {
        const std::string bytes = co_await socket.recv(4096);
        if (bytes.empty()) {
            co_return;
        }
        co_await socket.send(bytes);
    }
}

Coroutine<> echo_once(std::string listen_at, std::string& listening_at, std::string& came_back) {
    Socket listener = co_await Socket::listen(Address::parse(listen_at));
    const Address address = co_await listener.local_address();
    listening_at = address.to_string();
    Connection connection = co_await connect_to(listener);
    co_yield NewTask{echo(std::move(connection.server))};
    co_await connection.client.send("hello over there");
    co_await connection.client.shutdown_writing();
    came_back = co_await read_all(connection.client.fd());
}

TEST_CASE("a connection echoes over IPv4", "[sockets][host]") {
    HostMachine machine;
    std::string at;
    std::string came_back;
    run_to_its_return(machine, echo_once("127.0.0.1:0", at, came_back));
    CHECK(at.starts_with("127.0.0.1:"));
    CHECK(at != "127.0.0.1:0");
    CHECK(came_back == "hello over there");
}

TEST_CASE("a connection echoes over IPv6", "[sockets][host]") {
    if (!host_has_ipv6()) {
        return;
    }
    HostMachine machine;
    std::string at;
    std::string came_back;
    run_to_its_return(machine, echo_once("[::1]:0", at, came_back));
    CHECK(at.starts_with("[::1]:"));
    CHECK(at != "[::1]:0");
    CHECK(came_back == "hello over there");
}

TEST_CASE("a connection echoes over a Unix-domain socket", "[sockets][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    const std::string address = "unix:" + scratch.file("socket");
    std::string at;
    std::string came_back;
    run_to_its_return(machine, echo_once(address, at, came_back));
    CHECK(at == address);
    CHECK(came_back == "hello over there");
}

Coroutine<> connect_by_ipv4(std::string& came) {
    Socket listener = co_await Socket::listen(Address::parse("*:0"));
    const Address everywhere = co_await listener.local_address();
    const std::string text = everywhere.to_string();
    Socket client =
        co_await Socket::connect(Address::parse("127.0.0.1" + text.substr(text.rfind(':'))));
    Socket server = co_await listener.accept();
    co_await client.send("v4");
    came = co_await server.recv(10);
}

TEST_CASE("a listener at * serves IPv4, too", "[sockets][host]") {
    HostMachine machine;
    std::string came;
    run_to_its_return(machine, connect_by_ipv4(came));
    CHECK(came == "v4");
}

Coroutine<> receive(Socket socket, std::string& received) {
    received = co_await read_all(socket.fd());
}

Coroutine<> send_a_lot(std::string at, std::string sent, std::string& received) {
    Connection connection = co_await make_connection(at);
    co_yield NewTask{receive(std::move(connection.server), received)};
    co_await connection.client.send(sent);
}

TEST_CASE("send sends all of it, however much the host takes at once", "[sockets][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    std::string sent(5'000'000, '\0');
    for (std::size_t i = 0; i < sent.size(); ++i) {
        sent[i] = static_cast<char>(i * i >> 7);
    }
    std::string received;
    SECTION("over TCP") {
        run_to_its_return(machine, send_a_lot("127.0.0.1:0", sent, received));
    }
    SECTION("over a Unix-domain socket") {
        run_to_its_return(machine, send_a_lot("unix:" + scratch.file("socket"), sent, received));
    }
    CHECK((received == sent));  // too long to print
}

Coroutine<> answer_after_the_end(std::vector<std::string>& received) {
    Connection connection = co_await make_connection();
    co_await connection.client.send("question");
    co_await connection.client.shutdown_writing();
    received.push_back(co_await read_all(connection.server.fd()));
    received.push_back(co_await connection.server.recv(10));  // the end stays the end
    co_await connection.server.send("answer");
    co_await connection.server.close();
    received.push_back(co_await read_all(connection.client.fd()));
}

TEST_CASE("ShutdownWriting ends one direction and leaves the other", "[sockets][host]") {
    HostMachine machine;
    std::vector<std::string> received;
    run_to_its_return(machine, answer_after_the_end(received));
    CHECK(received == std::vector<std::string>{"question", "", "answer"});
}

Coroutine<> write_after_shutdown(std::error_code& error) {
    Connection connection = co_await make_connection();
    co_await connection.client.shutdown_writing();
    error = co_await error_of(connection.client.send("late"));
}

TEST_CASE("Write fails with EPIPE after ShutdownWriting", "[sockets][host]") {
    HostMachine machine;
    std::error_code error;
    run_to_its_return(machine, write_after_shutdown(error));
    CHECK(error == std::errc::broken_pipe);
}

Coroutine<> ask_non_sockets(std::vector<std::error_code>& errors, std::string file) {
    const Descriptor opened = co_yield Open{file, O_RDWR | O_CREAT};
    errors.push_back(co_await error_of(call<Accept>(opened.fd())));
    errors.push_back(co_await error_of(call<LocalAddress>(opened.fd())));
    errors.push_back(co_await error_of(call<ShutdownWriting>(opened.fd())));
}

TEST_CASE("Accept, LocalAddress and ShutdownWriting fail with ENOTSOCK on a file",
          "[sockets][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    std::vector<std::error_code> errors;
    SECTION("a regular one") {
        run_to_its_return(machine, ask_non_sockets(errors, scratch.file("plain")));
    }
    SECTION("a device") {
        run_to_its_return(machine, ask_non_sockets(errors, "/dev/null"));
    }
    CHECK(errors == std::vector<std::error_code>(3, std::make_error_code(std::errc::not_a_socket)));
}

Coroutine<> use_a_listener_as_stream(std::vector<std::error_code>& errors) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    errors.push_back(co_await error_of(listener.recv(1)));
    errors.push_back(co_await error_of(listener.send("x")));
    Connection connection = co_await connect_to(listener);
    errors.push_back(co_await error_of(connection.server.accept()));
}

TEST_CASE("a listener is no stream, and a stream no listener", "[sockets][host]") {
    HostMachine machine;
    std::vector<std::error_code> errors;
    run_to_its_return(machine, use_a_listener_as_stream(errors));
    REQUIRE(errors.size() == 3);
    CHECK(errors[0] == std::errc::not_connected);
    CHECK(errors[1] == std::errc::broken_pipe);
    CHECK(errors[2] == std::errc::invalid_argument);
}

}  // namespace
}  // namespace yos
