// What http-server does with clients that are slow, many, or talk nonsense.

#include "syscalls/sleep.h"
#include "tests/programs/web/http_site.h"

#include <chrono>
#include <random>

namespace yos {
namespace {

Coroutine<> drip(unsigned short port, std::size_t& ended) {
    Socket socket = co_await Socket::connect("127.0.0.1", port);
    co_await socket.send("GET / HTTP/1.1\r\n");
    try {
        for (int i = 0; i < 100; ++i) {
            co_yield Sleep{std::chrono::seconds(1)};
            co_await socket.send("X: y\r\n");
        }
    } catch (const std::system_error&) {  // it was sent away
        ++ended;
    }
}

Coroutine<> serve_beside_slow_clients(std::size_t slow, std::size_t& ended, std::string& answer) {
    const std::vector<std::string> words = {"0", "site"};
    const Serving serving = co_await start_serving("http-server", words);
    for (std::size_t i = 0; i < slow; ++i) {
        co_yield NewTask{drip(serving.port, ended), "drip"};
    }
    co_yield Sleep{std::chrono::seconds(5)};
    answer = co_await converse(serving.port, request("GET /digits", "Connection: close\r\n"));
    co_yield Sleep{std::chrono::seconds(20)};
    co_yield KillTask{serving.task};
}

TEST_CASE(
    "http-server sends away clients that never come to the end of a request, and serves "
    "others meanwhile",
    "[programs][host]") {
    const Site site;
    HostMachine machine;
    constexpr std::size_t slow = 100;
    std::size_t ended = 0;
    std::string answer;
    machine.run(serve_beside_slow_clients(slow, ended, answer));
    CHECK(body_of(answer) == "0123456789");
    CHECK(ended == slow);
}

Coroutine<> ask_later(unsigned short port, std::size_t& answered) {
    const std::string answer =
        co_await converse(port, request("GET /digits", "Connection: close\r\n"));
    answered += status_of(answer) == 200 ? 1 : 0;
}

Coroutine<> ask_many(std::size_t& answered) {
    const std::vector<std::string> words = {"0", "site", "-c", "2"};
    const Serving serving = co_await start_serving("http-server", words);
    std::vector<Tid> clients;
    for (int i = 0; i < 20; ++i) {
        const Tid client = co_yield NewTask{ask_later(serving.port, answered), "client"};
        clients.push_back(client);
    }
    for (const Tid client : clients) {
        co_yield WaitTask{client};
    }
    co_yield KillTask{serving.task};
}

TEST_CASE("with --connections 2, http-server lets a third client wait for its turn",
          "[programs][host]") {
    const Site site;
    HostMachine machine;
    std::size_t answered = 0;
    machine.run(ask_many(answered));
    CHECK(answered == 20);
}

// ---- Garbage ----

/// A request that was once in order, with some bytes changed, doubled or lost.
std::string garbled(std::mt19937& random) {
    static const std::vector<std::string> seeds = {
        request("GET /page.html", "Range: bytes=0-3\r\n"),
        request("POST /echo", "Content-Length: 5\r\n") + "hello",
        request("POST /echo", "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n",
        "GET http://test/%41?b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    };
    std::string text = seeds[random() % seeds.size()] + seeds[random() % seeds.size()];
    for (auto changes = random() % 8; changes > 0; --changes) {
        const std::size_t at = random() % text.size();
        const std::size_t size = 1 + random() % 4;
        switch (random() % 4) {
            case 0:
                text[at] = static_cast<char>(random());
                break;
            case 1:
                text.erase(at, size);
                break;
            case 2:
                text.insert(at, text.substr(at, size));
                break;
            default:
                text.insert(at, 1, "\r\n :;%/0"[random() % 8]);
        }
    }
    return text;
}

TEST_CASE("whatever http-server is sent, it answers with a status or closes, and goes on",
          "[programs][host]") {
    const Site site;
    constexpr std::size_t times = 500;
    std::mt19937 random(4711);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < times; ++i) {
        texts.push_back(garbled(random));
    }
    texts.push_back(request("GET /digits"));
    const std::vector<std::string> answers = ask(texts);
    std::size_t refused = 0;
    for (std::size_t i = 0; i < times; ++i) {
        CAPTURE(i, texts[i], answers[i]);
        const int status = status_of(answers[i]);
        CHECK(((status >= 200 && status <= 505 && status != 500) || answers[i].empty()));
        refused += status >= 400 ? 1 : 0;
    }
    CHECK(refused > times / 10);
    CHECK(refused < times);
    CHECK(body_of(answers.back()) == "0123456789");
}

}  // namespace
}  // namespace yos
