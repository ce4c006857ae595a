// How servers end: Ctrl-C, with connections open.

#include "tests/lib/catch.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/process.h"

#include <csignal>
#include <cstdlib>
#include <list>
#include <sys/resource.h>
#include <vector>

namespace yos {
namespace {

unsigned short port_of(const Process& server) {
    const std::string& said = server.output();
    const std::string before = " at 127.0.0.1:";
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
    CHECK(server.wait() == 130);

    Process again({"-c", "http-server " + std::to_string(port)});
    again.expect("listening at 127.0.0.1:" + std::to_string(port));
    HostPeer client(here(port));
    client.send(hello);
    CHECK(client.receive(15) == "HTTP/1.1 200 OK");
    again.signal(SIGINT);
    again.expect("1 requests on 1 connections");
    CHECK(again.wait() == 130);
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
    CHECK(server.wait() == 130);
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
    CHECK(server.wait() == 130);
}

/// All servers there are, each with the words that it needs behind its port.
struct Served {
    const char* name;
    const char* words = "";
    bool is_deaf = false;  ///< it may hear nothing while it waits, and Ctrl-C only the next time
};

const std::vector<Served> servers = {{"chat"},
                                     {"echo-server"},
                                     {"echobad", "", true},
                                     {"echogood"},
                                     {"echothread"},
                                     {"gateway", " http://localhost:1"},
                                     {"http-server"},
                                     {"proxy", " localhost 1"},
                                     {"pyos7"},
                                     {"pyos8"},
                                     {"redis-lite"}};

Process serve(const Served& server, unsigned short port) {
    const std::string command = server.name + (" " + std::to_string(port)) + server.words;
    return Process({"-c", command});
}

void interrupt(Process& server, const Served& which) {
    server.signal(SIGINT);
    if (which.is_deaf) {
        server.interrupt_until_it_ends();
    }
}

TEST_CASE("every server that Ctrl-C ends has the status 130, and its port can be had at once",
          "[boot]") {
    for (const Served& each : servers) {
        INFO(each.name);
        Process server = serve(each, 0);
        server.expect(" at 127.0.0.1:");
        server.expect("\n");
        const unsigned short port = port_of(server);
        std::list<HostPeer> clients;
        for (int i = 0; i < 3; ++i) {
            clients.emplace_back(here(port));
        }
        interrupt(server, each);
        CHECK(server.wait() == 130);

        Process again = serve(each, port);
        again.expect(" at 127.0.0.1:" + std::to_string(port));
        interrupt(again, each);
        CHECK(again.wait() == 130);
    }
}

TEST_CASE("a server hears Ctrl-C among clients that come at the same time", "[boot]") {
    for (const Served& each : servers) {
        INFO(each.name);
        Process server = serve(each, 0);
        server.expect(" at 127.0.0.1:");
        server.expect("\n");
        const unsigned short port = port_of(server);
        Process load({"-c",
                      "while true; do blaster localhost " + std::to_string(port) +
                          " -n 20 -m 5; done > /dev/null 2>&1"});
        for (int i = 0; i < 5; ++i) {
            HostPeer(here(port)).send("hello\n");
        }
        server.signal(SIGSTOP);  // so that it will find all of them at once
        std::list<HostPeer> clients;
        for (int i = 0; i < 20; ++i) {
            clients.emplace_back(here(port));
            clients.back().send("hello\n");
        }
        server.signal(SIGINT);
        server.signal(SIGCONT);
        if (each.is_deaf) {
            server.interrupt_until_it_ends();
        }
        CHECK(server.wait() == 130);
        load.signal(SIGTERM);
    }
}

TEST_CASE("that a client breaks off in the midst of an answer is no failure of http-server",
          "[boot]") {
    Process server({"-c", "http-server 0"});
    server.expect("listening at 127.0.0.1:");
    server.expect("\n");
    HostPeer client(here(port_of(server)));
    client.send(
        "POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n");
    CHECK(client.receive(15) == "HTTP/1.1 200 OK");
    server.signal(SIGSTOP);  // so that it reads the nonsense when the connection is broken already
    client.send("nonsense\r\n");
    client.reset();
    server.signal(SIGCONT);
    HostPeer other(here(port_of(server)));
    other.send(hello);
    CHECK(other.receive(15) == "HTTP/1.1 200 OK");
    server.signal(SIGINT);
    CHECK(server.wait() == 130);
    CHECK(server.output().find("a client's task") == std::string::npos);
}

TEST_CASE("a server that can have no client just now ends in good order all the same", "[boot]") {
    ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // the check would need descriptors
    for (int times = 0; times < 5; ++times) {
        Process server({"-c", "http-server 0"});
        server.expect("listening at 127.0.0.1:");
        server.expect("\n");
        const rlimit no_more{1, 1};
        REQUIRE(::prlimit(server.pid(), RLIMIT_NOFILE, &no_more, nullptr) == 0);
        HostPeer client(here(port_of(server)));
        client.send(hello);
        server.signal(SIGINT);
        server.expect("0 requests on 0 connections, 0 broken off");
        CHECK(server.wait() == 130);
    }
}

}  // namespace
}  // namespace yos
