#include "programs/course/fetch/page.h"
#include "programs/lib/socket.h"
#include "syscalls/kill_task.h"
#include "syscalls/sleep.h"
#include "tests/lib/run_program.h"

#include <chrono>

namespace yos {
namespace {

/// Sends a page as long as its path says, /30 for 30 bytes, in pieces, and breaks off nothing.
Coroutine<> send_page(Socket client) {
    std::string request;
    while (request.find("\r\n\r\n") == std::string::npos) {
        request += co_await client.recv(1000);
    }
    const std::size_t size = std::stoul(request.substr(request.find('/') + 1));
    std::string answer = "HTTP/1.1 200 OK\r\nServer: test\r\n\r\n" + std::string(size, 'x');
    for (std::size_t at = 0; at < answer.size(); at += 10'000) {
        co_await client.send(std::string_view(answer).substr(at, 10'000));
        co_yield Sleep{std::chrono::milliseconds(1)};
    }
}

Coroutine<> serve_pages(Socket listener) {
    for (;;) {
        Socket client = co_await listener.accept();
        co_yield NewTask{send_page(std::move(client))};
    }
}

Coroutine<> drive_fetcher(std::string name, std::vector<std::string> paths, ProgramRun& run) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    const std::string address = (co_await listener.local_address()).to_string();
    const Tid server = co_yield NewTask{serve_pages(std::move(listener))};
    std::vector<std::string> urls;
    for (const std::string& path : paths) {
        urls.push_back("http://" + address + path);
    }
    co_await drive_program(name, std::move(urls), "", run);
    co_yield KillTask{server};
}

TEST_CASE("the three fetchers print the same", "[programs][host]") {
    for (const char* const name : {"fetch-callbacks", "fetch-futures", "fetch-wrapper"}) {
        INFO(name);
        HostMachine machine;
        ProgramRun run;
        machine.run(drive_fetcher(name, {"/100000", "/0", "/30"}, run));
        CHECK(run.status == 0);
        CHECK(run.err.empty());
        CHECK(run.out ==
              "/100000: HTTP/1.1 200 OK, 100000 bytes\n"
              "/0: HTTP/1.1 200 OK, 0 bytes\n"
              "/30: HTTP/1.1 200 OK, 30 bytes\n");
        CHECK(machine.kernel().now() < Time(std::chrono::milliseconds(15)));  // at once
    }
}

TEST_CASE("the fetchers tell what is wrong", "[programs][host]") {
    for (const char* const name : {"fetch-callbacks", "fetch-futures", "fetch-wrapper"}) {
        INFO(name);
        HostMachine machine;
        const ProgramRun nonsense = run_program(machine, name, {"ftp://localhost/"});
        CHECK(nonsense.status == 2);
        CHECK(nonsense.err.find("\"ftp://localhost/\" is no http://HOST:PORT/PATH") !=
              std::string::npos);
        const ProgramRun nobody = run_program(machine, name, {"http://127.0.0.1:1/"});
        CHECK(nobody.status == 1);
        CHECK(nobody.err == std::string(name) + ": Connect(127.0.0.1:1): Connection refused\n");
        for (const std::string& line : machine.kernel().log().recent()) {
            CHECK(line.find("warning") == std::string::npos);  // it would be told twice
        }
    }
}

TEST_CASE("a URL has a host, and perhaps a port and a path", "[programs]") {
    const fetch::Page whole = fetch::Page::parse("http://example.org:8080/a/b?c");
    CHECK(whole.host == "example.org");
    CHECK(whole.port == 8080);
    CHECK(whole.path == "/a/b?c");
    const fetch::Page bare = fetch::Page::parse("http://example.org");
    CHECK(bare.port == 80);
    CHECK(bare.path == "/");
    CHECK_THROWS_AS(fetch::Page::parse("http://"), std::invalid_argument);
    CHECK_THROWS_AS(fetch::Page::parse("http://a:/"), std::invalid_argument);
    CHECK_THROWS_AS(fetch::Page::parse("http://a:65536/"), std::invalid_argument);
    CHECK_THROWS_AS(fetch::Page::parse("a/b"), std::invalid_argument);
}

}  // namespace
}  // namespace yos
