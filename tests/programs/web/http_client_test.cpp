// The HTTP client and the server's side of a connection, against each other.

#include "programs/web/http/client.h"
#include "programs/web/http/exchange.h"
#include "syscalls/list_tasks.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "tests/lib/loopback.h"
#include "tests/lib/web.h"

#include <algorithm>

namespace yos::http {
namespace {

/// A site of which a test knows the port.
struct Running {
    std::shared_ptr<Site> site;
    unsigned short port = 0;
    Tid task = 0;
};

unsigned short port_in(const std::string& address) {
    return static_cast<unsigned short>(std::stoul(address.substr(address.rfind(':') + 1)));
}

Coroutine<Running> start(Site::Handler handler) {
    Running running;
    running.site = std::make_shared<Site>(100, std::move(handler));
    Socket listener = co_await Socket::listen(Address::parse("0"));
    const Address address = co_await listener.local_address();
    running.port = port_in(address.to_string());
    const ProgramRef program = co_await find_program("http-server");
    Invocation invocation(program);
    running.task =
        co_yield NewTask{serve(std::move(invocation), running.site, std::move(listener)), "site"};
    co_return running;
}

Url url_of(unsigned short port, const std::string& target) {
    return Url::parse("http://127.0.0.1:" + std::to_string(port) + target);
}

Coroutine<> answer_in_pieces(Exchange& exchange) {
    Response head(200, "text/plain", "");
    co_await exchange.begin(std::move(head));
    co_await exchange.send("one ");
    co_await exchange.send("two");
    co_await exchange.end();
}

Coroutine<> answer_by_target(Exchange& exchange) {
    const std::string target = exchange.request().target;
    if (target == "/pieces") {
        co_return co_await answer_in_pieces(exchange);
    }
    if (target == "/failure") {
        throw std::runtime_error("of a handler");
    }
    if (target == "/nothing") {
        co_return;
    }
    if (target == "/half") {
        Response head(200, "text/plain", "");
        co_await exchange.begin(std::move(head));
        co_await exchange.send("half");
        throw std::runtime_error("in the midst of an answer");
    }
    if (target == "/large") {
        Response large(200, "text/plain", std::string(30'000'000, 'x'));
        co_return co_await exchange.answer(std::move(large));
    }
    Response response(200, "text/plain", target);
    co_await exchange.answer(std::move(response));
}

/// As "200 text"; or what went wrong.
Coroutine<std::string> get(std::shared_ptr<Client> client, Url url) {
    std::string failure;
    try {
        const Reply reply = co_await client->get(url);
        co_return std::to_string(reply.status) + " " + reply.body;
    } catch (const std::exception& error) {
        failure = error.what();
    }
    co_return failure;
}

Coroutine<> get_all(std::vector<std::string> targets,
                    std::vector<std::string>& replies,
                    std::size_t& connections) {
    const Running running = co_await start(answer_by_target);
    auto client = std::make_shared<Client>(Limits{.body = 100'000'000});
    for (const std::string& target : targets) {
        std::string reply = co_await get(client, url_of(running.port, target));
        replies.push_back(std::move(reply));
    }
    connections = client->connections_made();
    client.reset();
    co_yield KillTask{running.task};
}

std::vector<std::string> replies_to(std::vector<std::string> targets, std::size_t& connections) {
    HostMachine machine;
    std::vector<std::string> replies;
    machine.run(get_all(std::move(targets), replies, connections));
    return replies;
}

std::vector<std::string> replies_to(std::vector<std::string> targets) {
    std::size_t connections = 0;
    return replies_to(std::move(targets), connections);
}

TEST_CASE("a client gets what a server sends in pieces, and asks again on the same connection",
          "[programs][host]") {
    std::size_t connections = 0;
    CHECK(replies_to({"/a", "/pieces", "/b?c"}, connections) ==
          std::vector<std::string>{"200 /a", "200 one two", "200 /b?c"});
    CHECK(connections == 1);
}

TEST_CASE("a client gets a large body whole", "[programs][host]") {
    CHECK(replies_to({"/large"}).front().size() == 30'000'004);
}

TEST_CASE("a handler that fails, or forgets to answer, is answered for", "[programs][host]") {
    const std::vector<std::string> replies = replies_to({"/failure", "/nothing", "/after"});
    CHECK(replies[0].starts_with("500 "));
    CHECK(replies[0].find("of a handler") == std::string::npos);  // that is nobody's business
    CHECK(replies[1].starts_with("500 "));
    CHECK(replies[2] == "200 /after");
}

TEST_CASE("a client does not take half an answer for a whole one", "[programs][host]") {
    const std::vector<std::string> replies = replies_to({"/half", "/a"});
    CHECK(replies[0].find("half") == std::string::npos);
    CHECK(replies[1] == "200 /a");
}

/// Answers each connection once, in this way, and then closes it.
Coroutine<> answer_once_each(Socket listener, std::string answer) {
    for (;;) {
        Socket client = co_await listener.accept();
        const std::string heard = co_await client.recv(10'000);
        if (!heard.empty()) {
            co_await client.send(answer);
        }
    }
}

Coroutine<> get_from(std::string answer, int times, std::vector<std::string>& replies) {
    Socket listener = co_await Socket::listen(Address::parse("0"));
    const Address address = co_await listener.local_address();
    const unsigned short port = port_in(address.to_string());
    const Tid server = co_yield NewTask{answer_once_each(std::move(listener), answer), "server"};
    auto client = std::make_shared<Client>(Limits());
    for (int i = 0; i < times; ++i) {
        std::string reply = co_await get(client, url_of(port, "/"));
        replies.push_back(std::move(reply));
    }
    co_yield KillTask{server};
}

std::vector<std::string> replies_from(const std::string& answer, int times = 1) {
    HostMachine machine;
    std::vector<std::string> replies;
    machine.run(get_from(answer, times, replies));
    return replies;
}

TEST_CASE("a client asks again on a new connection when the server has closed the one it kept",
          "[programs][host]") {
    CHECK(replies_from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 3) ==
          std::vector<std::string>(3, "200 hi"));
}

TEST_CASE(
    "a client passes over interim answers, and takes the end of the connection for that of "
    "a body without a size",
    "[programs][host]") {
    CHECK(replies_from("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                       "HTTP/1.1 200 OK\r\n\r\nto the end") ==
          std::vector<std::string>{"200 to the end"});
}

TEST_CASE("a client tells of answers that are none", "[programs][host]") {
    CHECK(replies_from("").front().find("without an answer") != std::string::npos);
    CHECK(!replies_from("nonsense\r\n\r\n").front().starts_with("200"));
    const std::string cut_off = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi";
    CHECK(!replies_from(cut_off).front().starts_with("200"));
}

Coroutine<> take_nothing(std::size_t& connections_left, std::string& got) {
    const Running running = co_await start(answer_by_target);
    Socket client = co_await Socket::connect("127.0.0.1", running.port);
    const std::string text = request("GET /large");
    co_await client.send(text);
    co_yield Sleep{std::chrono::minutes(1)};
    const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
    connections_left = static_cast<std::size_t>(
        std::count_if(tasks.begin(), tasks.end(), [](const TaskSnapshot& task) {
            return task.name == "http-connection";
        }));
    got = co_await converse(running.port, request("GET /a", "Connection: close\r\n"));
    co_yield KillTask{running.task};
}

TEST_CASE("a server does not wait for ever for a client that takes nothing", "[programs][host]") {
    HostMachine machine;
    std::size_t connections_left = 99;
    std::string got;
    machine.run(take_nothing(connections_left, got));
    CHECK(connections_left == 0);
    CHECK(body_of(got) == "/a");
}

}  // namespace
}  // namespace yos::http
