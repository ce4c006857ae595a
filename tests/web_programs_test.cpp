// proxy, gateway and crawler, with servers of their own in the same machine.

#include "syscalls/sleep.h"
#include "tests/loopback.h"
#include "tests/temporary_directory.h"
#include "tests/web.h"

#include <algorithm>
#include <sstream>

namespace yos {
namespace {

namespace fs = std::filesystem;

std::string url_of(unsigned short port, const std::string& path = "/") {
    return "http://127.0.0.1:" + std::to_string(port) + path;
}

Coroutine<Serving> serve_folder(std::string folder) {
    const std::vector<std::string> words = {"0", folder};
    co_return co_await start_serving("http-server", words);
}

Coroutine<Serving> start_proxy(unsigned short port) {
    const std::vector<std::string> words = {"0", "127.0.0.1", std::to_string(port)};
    co_return co_await start_serving("proxy", words);
}

// ---- proxy ----

Coroutine<> ask_through_proxy(std::string& answer) {
    const Serving server = co_await serve_folder(".");
    const Serving proxy = co_await start_proxy(server.port);
    answer = co_await converse(proxy.port, request("GET /large", "Connection: close\r\n"));
    co_yield KillTask{proxy.task};
    co_yield KillTask{server.task};
}

TEST_CASE("proxy passes on what is asked and answered, whole", "[programs]") {
    const TemporaryDirectory directory;
    const std::string large(3'000'000, 'x');
    write_to("large", large);
    Machine machine;
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

TEST_CASE("proxy passes on that a client sends no more, and then still the answer", "[programs]") {
    Machine machine;
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

TEST_CASE("proxy closes connections for which there is no server", "[programs]") {
    Machine machine;
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

TEST_CASE("proxy takes no more from a client than its server takes", "[programs]") {
    Machine machine;
    std::size_t sent = 0;
    std::size_t sent_later = 0;
    machine.run(flood_through_proxy(sent, sent_later));
    CHECK(sent > 0);
    CHECK(sent_later == sent);
}

// ---- gateway ----

/// Back ends: folders a and b, one that never answers, and a port where nobody is.
struct Question {
    std::string path;
    bool ask_silent = false;
    bool ask_nobody = false;
    int times = 1;
};

Coroutine<> keep_silent(Socket listener) {
    const Socket client = co_await listener.accept();
    co_yield Sleep{std::chrono::hours(1)};
}

Coroutine<> ask_gateway(Question question, std::string& answer) {
    const Serving a = co_await serve_folder("a");
    const Serving b = co_await serve_folder("b");
    Socket silent = co_await Socket::listen(Address::parse("0"));
    const std::string address = (co_await silent.local_address()).to_string();
    const Tid silence = co_yield NewTask{keep_silent(std::move(silent)), "silent"};
    std::vector<std::string> words = {"0", url_of(a.port), url_of(b.port, "/base")};
    if (question.ask_silent) {
        words.push_back("http://" + address);
    }
    if (question.ask_nobody) {
        words.push_back(url_of(1));
    }
    const Serving gateway = co_await start_serving("gateway", words);
    std::string text;
    for (int i = 0; i < question.times; ++i) {
        text += request("GET " + question.path);
    }
    answer = co_await converse(gateway.port, text);
    for (const Tid task : {gateway.task, a.task, b.task, silence}) {
        co_yield KillTask{task};
    }
}

std::string answer_of_gateway(const Question& question) {
    const TemporaryDirectory directory;
    fs::create_directories("a");
    fs::create_directories("b/base");
    write_to("a/tea", R"({"price": 3, "from": "a"})");
    write_to("b/base/tea", R"({"stock": [1, 2], "from": "b"})");
    write_to("a/list", "{}");
    write_to("b/base/list", "[1, 2]");
    Machine machine;
    std::string answer;
    machine.run(ask_gateway(question, answer));
    return answer;
}

std::string without_blanks(std::string text) {
    text.erase(
        std::remove_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\n'; }),
        text.end());
    return text;
}

TEST_CASE("gateway makes one object of those of all back ends", "[programs]") {
    const std::string answer = answer_of_gateway({.path = "/tea"});
    CHECK(status_of(answer) == 200);
    CHECK(has_line(answer, "Content-Type: application/json"));
    CHECK(without_blanks(body_of(answer)) == R"({"from":"b","price":3,"stock":[1,2]})");
}

TEST_CASE("gateway answers 502 for a back end that fails, and says how", "[programs]") {
    const std::string missing = answer_of_gateway({.path = "/nothing"});
    CHECK(status_of(missing) == 502);
    CHECK(body_of(missing).find("it answers 404") != std::string::npos);
    const std::string no_object = answer_of_gateway({.path = "/list"});
    CHECK(status_of(no_object) == 502);
    CHECK(body_of(no_object).find("/base\": \"it answers no JSON object") != std::string::npos);
    const std::string nobody = answer_of_gateway({.path = "/tea", .ask_nobody = true});
    CHECK(status_of(nobody) == 502);
    CHECK(body_of(nobody).find("refused") != std::string::npos);
}

TEST_CASE("gateway answers 504 when a back end takes too long", "[programs]") {
    const std::string answer = answer_of_gateway({.path = "/tea", .ask_silent = true});
    CHECK(status_of(answer) == 504);
    CHECK(body_of(answer).find("it takes too long") != std::string::npos);
}

Coroutine<> count_connections(std::string& said) {
    const Serving back_end = co_await serve_folder(".");
    const std::vector<std::string> words = {"0", url_of(back_end.port)};
    const Serving gateway = co_await start_serving("gateway", words);
    const std::string text = request("GET /tea");
    Socket client = co_await Socket::connect("127.0.0.1", gateway.port);
    for (int i = 0; i < 5; ++i) {
        co_await client.send(text);
        const std::string heard = co_await client.recv(10'000);
        said += std::to_string(status_of(heard)) + " ";
    }
    co_yield KillTask{gateway.task};
    co_yield KillTask{back_end.task};
}

TEST_CASE("gateway asks a back end again on the connection it has", "[programs]") {
    const TemporaryDirectory directory;
    write_to("tea", "{}");
    Machine machine;
    std::string said;
    machine.run(count_connections(said));
    CHECK(said == "200 200 200 200 200 ");
    const auto& lines = machine.record.lines;
    CHECK(std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
              return line.find(" completed Connect(") != std::string::npos;
          }) == 2);  // the client's, and the gateway's
}

// ---- crawler ----

Coroutine<> crawl(std::vector<std::string> more, ProgramRun& run) {
    const Serving server = co_await serve_folder("site");
    std::vector<std::string> words = {url_of(server.port)};
    words.insert(words.end(), more.begin(), more.end());
    co_await drive_program("crawler", std::move(words), "", run);
    co_yield KillTask{server.task};
}

/// What it says of each page, sorted; the address of the server left out.
std::vector<std::string> crawled(std::vector<std::string> more, ProgramRun& run) {
    Machine machine;
    machine.run(crawl(std::move(more), run));
    std::vector<std::string> lines;
    std::istringstream out(run.out);
    for (std::string line; std::getline(out, line);) {
        const auto address = line.find("http://");
        if (address != std::string::npos) {
            lines.push_back(line.substr(0, 4) + line.substr(line.find('/', address + 7)));
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

TEST_CASE("crawler visits every page that links lead to, and none twice", "[programs]") {
    const TemporaryDirectory directory;
    fs::create_directories("site/more");
    write_to("site/index.html",
             "<a href=\"a.html\">a</a> <A HREF='more'>more</A> <img src=\"i.png#x\">"
             "<a href=\"http://elsewhere.invalid/\">no</a> <a href=\"mailto:me@here\">no</a>");
    write_to("site/a.html", "<a href=\"/\">home</a> <a href=\"./a.html?x=1\">again</a>");
    write_to("site/i.png", "<a href=\"no.html\">no page, so no link</a>");
    write_to("site/more/b.txt", "text");
    const std::vector<std::string> all = {"200 /",
                                          "200 /a.html",
                                          "200 /a.html?x=1",
                                          "200 /i.png",
                                          "200 /more/",
                                          "200 /more/b.txt",
                                          "301 /more"};
    for (const char* at_once : {"1", "3", "50"}) {
        ProgramRun run;
        CHECK(crawled({"-n", at_once}, run) == all);
        CHECK(run.status == 0);
        CHECK(run.out.find("7 pages, 0 of them broken") != std::string::npos);
    }
}

TEST_CASE("crawler tells of links that are broken, and fails", "[programs]") {
    const TemporaryDirectory directory;
    fs::create_directories("site");
    write_to("site/index.html", "<a href=\"gone.html\">gone</a>");
    ProgramRun run;
    CHECK(crawled({}, run) == std::vector<std::string>{"200 /", "404 /gone.html"});
    CHECK(run.status == 1);
    Machine machine;
    const ProgramRun refused = run_program(machine, "crawler", {"http://127.0.0.1:1/"});
    CHECK(refused.status == 1);
    CHECK(refused.out.starts_with("---        0 http://127.0.0.1:1/: "));
    CHECK(refused.out.find("refused") != std::string::npos);
}

TEST_CASE("gateway and crawler refuse what is no URL", "[programs]") {
    Machine machine;
    CHECK(run_program(machine, "crawler", {"localhost"}).status == 2);
    CHECK(run_program(machine, "gateway", {"0", "https://localhost"}).status == 2);
}

}  // namespace
}  // namespace yos
