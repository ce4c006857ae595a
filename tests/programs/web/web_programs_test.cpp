// gateway and crawler, with servers of their own in the same machine.

#include "syscalls/sleep.h"
#include "tests/lib/loopback.h"
#include "tests/lib/temporary_directory.h"
#include "tests/lib/web.h"

#include <algorithm>
#include <sstream>

namespace yos {
namespace {

namespace fs = std::filesystem;

std::string url_of(unsigned short port, const std::string& path = "/") {
    return "http://127.0.0.1:" + std::to_string(port) + path;
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
    HostMachine machine;
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

TEST_CASE("gateway makes one object of those of all back ends", "[programs][host]") {
    const std::string answer = answer_of_gateway({.path = "/tea"});
    CHECK(status_of(answer) == 200);
    CHECK(has_line(answer, "Content-Type: application/json"));
    CHECK(without_blanks(body_of(answer)) == R"({"from":"b","price":3,"stock":[1,2]})");
}

TEST_CASE("gateway answers 502 for a back end that fails, and says how", "[programs][host]") {
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

TEST_CASE("gateway answers 504 when a back end takes too long", "[programs][host]") {
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

TEST_CASE("gateway asks a back end again on the connection it has", "[programs][host]") {
    const TemporaryDirectory directory;
    write_to("tea", "{}");
    HostMachine machine;
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
    HostMachine machine;
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

TEST_CASE("crawler visits every page that links lead to, and none twice", "[programs][host]") {
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

TEST_CASE("crawler tells of links that are broken, and fails", "[programs][host]") {
    const TemporaryDirectory directory;
    fs::create_directories("site");
    write_to("site/index.html", "<a href=\"gone.html\">gone</a>");
    ProgramRun run;
    CHECK(crawled({}, run) == std::vector<std::string>{"200 /", "404 /gone.html"});
    CHECK(run.status == 1);
    HostMachine machine;
    const ProgramRun refused = run_program(machine, "crawler", {"http://127.0.0.1:1/"});
    CHECK(refused.status == 1);
    CHECK(refused.out.starts_with("---        0 http://127.0.0.1:1/: "));
    CHECK(refused.out.find("refused") != std::string::npos);
}

TEST_CASE("gateway and crawler refuse what is no URL", "[programs]") {
    HostMachine machine;
    CHECK(run_program(machine, "crawler", {"localhost"}).status == 2);
    CHECK(run_program(machine, "gateway", {"0", "https://localhost"}).status == 2);
}

}  // namespace
}  // namespace yos
