// How servers end: Ctrl-C, with connections open.

#include "tests/host_peer.h"
#include "tests/process.h"

namespace yos {
namespace {

unsigned short port_of(const Process& server) {
    const std::string& said = server.output();
    const std::string before = "listening at 127.0.0.1:";
    return static_cast<unsigned short>(std::stoul(said.substr(said.find(before) + before.size())));
}

Address here(unsigned short port) {
    return Address::parse(std::to_string(port));
}

const std::string hello = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";

TEST_CASE(
    "http-server ends on Ctrl-C: it tells what it has served, closes idle connections, and "
    "gives its port back",
    "[boot]") {
    Process server({"-c", "http-server 0"});
    server.expect("listening at 127.0.0.1:");
    server.expect("\n");
    const unsigned short port = port_of(server);
    const HostPeer silent(here(port));
    HostPeer idle(here(port));
    idle.send(hello);
    CHECK(idle.receive(15) == "HTTP/1.1 200 OK");
    server.signal(SIGINT);
    server.expect("1 requests on 2 connections, 0 broken off");
    CHECK(server.wait() == 0);

    Process again({"-c", "http-server " + std::to_string(port)});
    again.expect("listening at 127.0.0.1:" + std::to_string(port));
    HostPeer client(here(port));
    client.send(hello);
    CHECK(client.receive(15) == "HTTP/1.1 200 OK");
    again.signal(SIGINT);
    again.expect("1 requests on 1 connections");
    CHECK(again.wait() == 0);
}

TEST_CASE("http-server ends an answer that is under way when Ctrl-C comes", "[boot]") {
    Process server({"-c", "http-server 0"});
    server.expect("listening at 127.0.0.1:");
    server.expect("\n");
    HostPeer client(here(port_of(server)));
    client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhello");
    CHECK(client.receive(15) == "HTTP/1.1 200 OK");
    server.signal(SIGINT);
    client.send("world");
    std::string rest;
    while (rest.find("world") == std::string::npos) {
        const std::string next = client.receive(1);
        REQUIRE(next != std::string(1, '\0'));
        rest += next;
    }
    CHECK(rest.ends_with("\r\n\r\nhelloworld"));
    server.expect("1 requests on 1 connections, 0 broken off");
    CHECK(server.wait() == 0);
}

TEST_CASE("a client that does nothing does not keep http-server from ending", "[boot]") {
    Process server({"-c", "http-server 0"});
    server.expect("listening at 127.0.0.1:");
    server.expect("\n");
    HostPeer client(here(port_of(server)));
    client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhello");
    CHECK(client.receive(15) == "HTTP/1.1 200 OK");
    server.signal(SIGINT);
    server.expect("1 requests on 1 connections, 1 broken off");
    CHECK(server.wait() == 0);
}

TEST_CASE("proxy and gateway end on Ctrl-C as well", "[boot]") {
    Process proxy({"-c", "proxy 0 localhost 1"});
    proxy.expect("listening at ");
    proxy.signal(SIGINT);
    proxy.expect("0 connections, 0 failed");
    CHECK(proxy.wait() == 0);
    Process gateway({"-c", "gateway 0 http://localhost:1"});
    gateway.expect("listening at ");
    gateway.signal(SIGINT);
    gateway.expect("0 requests on 0 connections");
    CHECK(gateway.wait() == 0);
}

}  // namespace
}  // namespace yos
