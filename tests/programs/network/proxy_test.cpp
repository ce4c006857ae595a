// proxy, with clients and servers of its own in the same machine.

#include "syscalls/sleep.h"
#include "tests/lib/loopback.h"
#include "tests/lib/temporary_directory.h"
#include "tests/lib/web.h"

#include <chrono>

namespace yos {
namespace {

Coroutine<Serving> start_proxy(unsigned short port) {
    const std::vector<std::string> words = {"0", "127.0.0.1", std::to_string(port)};
    co_return co_await start_serving("proxy", words);
}

Coroutine<> ask_through_proxy(std::string& answer) {
    const Serving server = co_await serve_folder(".");
    const Serving proxy = co_await start_proxy(server.port);
    answer = co_await converse(proxy.port, request("GET /large", "Connection: close\r\n"));
    co_yield KillTask{proxy.task};
    co_yield KillTask{server.task};
}

TEST_CASE("proxy passes on what is asked and answered, whole", "[programs][host]") {
    const TemporaryDirectory directory;
    const std::string large(3'000'000, 'x');
    write_to("large", large);
    HostMachine machine;
    std::string answer;
    machine.run(ask_through_proxy(answer));
    CHECK(body_of(answer) == large);
}

/// Answers when it has heard all.
Coroutine<> answer_at_the_end(Socket listener, std::string& heard) {
    Socket client = co_await listener.accept();
    heard = co_await read_all(client.fd());
    const std::string answer = "heard " + heard;
    co_await client.send(answer);
}

Coroutine<> half_close_through_proxy(std::string& heard, std::string& answer) {
    Socket listener = co_await Socket::listen(Address::parse("0"));
    const std::string address = (co_await listener.local_address()).to_string();
    const auto port =
        static_cast<unsigned short>(std::stoul(address.substr(address.rfind(':') + 1)));
    co_yield NewTask{answer_at_the_end(std::move(listener), heard), "server"};
    const Serving proxy = co_await start_proxy(port);
    Socket client = co_await Socket::connect("127.0.0.1", proxy.port);
    co_await client.send("a question");
    co_await client.shutdown_writing();
    answer = co_await read_all(client.fd());
    co_yield KillTask{proxy.task};
}

TEST_CASE("proxy passes on that a client sends no more, and then still the answer",
          "[programs][host]") {
    HostMachine machine;
    std::string heard;
    std::string answer;
    machine.run(half_close_through_proxy(heard, answer));
    CHECK(heard == "a question");
    CHECK(answer == "heard a question");
}

Coroutine<> ask_nobody_through_proxy(std::string& answer) {
    const Serving proxy = co_await start_proxy(1);
    answer = co_await converse(proxy.port, "hello");
    co_yield KillTask{proxy.task};
}

TEST_CASE("proxy closes connections for which there is no server", "[programs][host]") {
    HostMachine machine;
    std::string answer;
    machine.run(ask_nobody_through_proxy(answer));
    CHECK((answer.empty() || answer.front() == '<'));
}

/// Takes nothing, and tells how much could be sent to it all the same.
Coroutine<> take_nothing(Socket listener) {
    const Socket client = co_await listener.accept();
    co_yield Sleep{std::chrono::hours(1)};
}

Coroutine<> flood(Fd proxy, std::size_t& sent) {
    const std::string block(65'536, 'x');
    for (;;) {
        sent += co_yield Write{proxy, block};
    }
}

Coroutine<> flood_through_proxy(std::size_t& sent, std::size_t& sent_later) {
    Socket listener = co_await Socket::listen(Address::parse("0"));
    const std::string address = (co_await listener.local_address()).to_string();
    const auto port =
        static_cast<unsigned short>(std::stoul(address.substr(address.rfind(':') + 1)));
    const Tid server = co_yield NewTask{take_nothing(std::move(listener)), "server"};
    const Serving proxy = co_await start_proxy(port);
    const Socket client = co_await Socket::connect("127.0.0.1", proxy.port);
    const Tid flooder = co_yield NewTask{flood(client.fd(), sent), "flood"};
    co_yield Sleep{std::chrono::minutes(10)};
    sent_later = sent;
    co_yield Sleep{std::chrono::minutes(10)};
    std::swap(sent, sent_later);
    co_yield KillTask{flooder};
    co_yield KillTask{server};
    co_yield KillTask{proxy.task};
}

TEST_CASE("proxy takes no more from a client than its server takes", "[programs][host]") {
    HostMachine machine;
    std::size_t sent = 0;
    std::size_t sent_later = 0;
    machine.run(flood_through_proxy(sent, sent_later));
    CHECK(sent > 0);
    CHECK(sent_later == sent);
}

}  // namespace
}  // namespace yos
