// What http-server answers, over the host's loopback.

#include "tests/lib/loopback.h"
#include "tests/programs/web/http_site.h"

namespace yos {
namespace {

TEST_CASE("http-server serves a file with its type, its date and its size", "[programs][host]") {
    const Site site;
    const std::string answer = ask_one(request("GET /page.html"));
    CHECK(status_of(answer) == 200);
    CHECK(body_of(answer) == "<p>hello</p>\n");
    CHECK(has_line(answer, "Content-Type: text/html; charset=utf-8"));
    CHECK(has_line(answer, "Content-Length: 13"));
    CHECK(has_line(answer, "Date: Thu, 01 Jan 1970 00:00:00 GMT"));
    CHECK(field_of(answer, "Last-Modified").ends_with(" GMT"));
}

TEST_CASE("http-server answers HEAD as GET, but without the body", "[programs][host]") {
    const Site site;
    const std::vector<std::string> answers = ask({request("HEAD /page.html"),
                                                  request("HEAD /nothing"),
                                                  request("HEAD /"),
                                                  request("HEAD /hello")});
    for (const std::string& answer : answers) {
        CHECK(body_of(answer).empty());
        CHECK(field_of(answer, "Content-Length") != "0");
        CHECK(!field_of(answer, "Content-Length").empty());
    }
    CHECK(status_of(answers[0]) == 200);
    CHECK(status_of(answers[1]) == 404);
}

TEST_CASE("nothing that http-server sends is from outside of its folder", "[programs][host]") {
    const Site site;
    const std::vector<std::string> answers = ask({request("GET /../secret"),
                                                  request("GET /%2e%2e/secret"),
                                                  request("GET /sub/..%2f..%2fsecret"),
                                                  request("GET /out"),
                                                  request("GET /root/etc/passwd"),
                                                  request("GET //etc/passwd"),
                                                  request("GET /..;/secret"),
                                                  request("GET /sub/../../secret"),
                                                  request("GET http://x/../secret")});
    for (const std::string& answer : answers) {
        CAPTURE(answer);
        CHECK(status_of(answer) == 404);
    }
    CHECK(body_of(ask_one(request("GET /sub/in"))) == "<p>hello</p>\n");
    CHECK(status_of(ask_one(request("GET /sub/../page.html"))) == 200);
}

TEST_CASE("http-server lists a folder, with names written as HTML and URLs have them",
          "[programs][host]") {
    const Site site;
    const std::string page = body_of(ask_one(request("GET /")));
    CHECK(page.find("<a href=\"./a%20b&%3Cc%3E.txt\">a b&amp;&lt;c&gt;.txt</a>") !=
          std::string::npos);
    CHECK(page.find("<a href=\"./sub/\">sub/</a>") != std::string::npos);
    CHECK(page.find("out") == std::string::npos);
    CHECK(body_of(ask_one(request("GET /a%20b&%3Cc%3E.txt"))) == "odd");
}

TEST_CASE("http-server sends a folder's own index, and clients to the path with a slash",
          "[programs][host]") {
    const Site site;
    CHECK(body_of(ask_one(request("GET /sub/"))) == "index");
    const std::string moved = ask_one(request("GET /sub"));
    CHECK(status_of(moved) == 301);
    CHECK(has_line(moved, "Location: /sub/"));
}

TEST_CASE("http-server sends the part of a file that is asked for", "[programs][host]") {
    const Site site;
    const auto part = [](const std::string& range) {
        return request("GET /digits", "Range: " + range + "\r\n");
    };
    const std::vector<std::string> answers = ask({part("bytes=2-4"),
                                                  part("bytes=7-"),
                                                  part("bytes=-3"),
                                                  part("bytes=5-100"),
                                                  part("bytes=10-"),
                                                  part("bytes=4-2"),
                                                  part("lines=1-2")});
    CHECK(body_of(answers[0]) == "234");
    CHECK(has_line(answers[0], "Content-Range: bytes 2-4/10"));
    CHECK(status_of(answers[0]) == 206);
    CHECK(body_of(answers[1]) == "789");
    CHECK(body_of(answers[2]) == "789");
    CHECK(body_of(answers[3]) == "56789");
    CHECK(status_of(answers[4]) == 416);
    CHECK(has_line(answers[4], "Content-Range: bytes */10"));
    CHECK(status_of(answers[5]) == 200);
    CHECK(body_of(answers[6]) == "0123456789");
}

TEST_CASE("http-server does not send again what has not changed", "[programs][host]") {
    const Site site;
    const std::string first = ask_one(request("GET /digits"));
    const std::string tag = field_of(first, "ETag");
    const std::string date = field_of(first, "Last-Modified");
    const std::string part = "Range: bytes=0-1\r\nIf-Range: ";
    const std::vector<std::string> answers =
        ask({request("GET /digits", "If-None-Match: " + tag + "\r\n"),
             request("GET /digits", "If-Modified-Since: " + date + "\r\n"),
             request("GET /digits", "If-None-Match: \"other\"\r\n"),
             request("GET /digits", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"),
             request("GET /digits", part + tag + "\r\n"),
             request("GET /digits", part + "\"other\"\r\n")});
    CHECK(status_of(answers[0]) == 304);
    CHECK(body_of(answers[0]).empty());
    CHECK(status_of(answers[1]) == 304);
    CHECK(status_of(answers[2]) == 200);
    CHECK(status_of(answers[3]) == 200);
    CHECK(status_of(answers[4]) == 206);
    CHECK(status_of(answers[5]) == 200);
}

TEST_CASE("http-server answers requests that come together in their order", "[programs][host]") {
    const Site site;
    const std::string answers =
        ask_one(request("GET /digits") + request("GET /nothing") + request("GET /hello") +
                "GET /digits HTTP/1.0\r\n\r\n" + request("GET /hello"));
    std::vector<int> statuses;
    for (auto at = answers.find("HTTP/1.1 "); at != std::string::npos;
         at = answers.find("HTTP/1.1 ", at + 1)) {
        statuses.push_back(status_of(answers.substr(at)));
    }
    CHECK(statuses == std::vector{200, 404, 200, 200});  // HTTP/1.0 ends with one answer
    CHECK(answers.ends_with("Connection: close\r\n\r\n0123456789"));
}

TEST_CASE("http-server keeps an HTTP/1.0 connection if it is asked to", "[programs][host]") {
    const Site site;
    const std::string old = "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    const std::string answers = ask_one(old + old);
    CHECK(has_line(answers, "Connection: keep-alive"));
    CHECK(answers.find("HTTP/1.1 200", 1) != std::string::npos);
}

TEST_CASE("http-server sends a body back, whichever way it comes", "[programs][host]") {
    const Site site;
    const std::string chunked = request("POST /echo", "Transfer-Encoding: chunked\r\n") +
                                "5;about=it\r\nhello\r\nA\r\n, chunks! \r\n0\r\nTrailer: x\r\n\r\n";
    const std::vector<std::string> answers =
        ask({request("POST /echo", "Content-Length: 5\r\n") + "hello",
             request("POST /echo", "Content-Length: 0\r\n"),
             chunked + request("GET /hello"),
             request("POST /echo", "Content-Length: 5\r\nExpect: 100-continue\r\n") + "hello",
             "POST /echo HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello"});
    CHECK(body_of(answers[0]) == "hello");
    CHECK(status_of(answers[1]) == 200);
    CHECK(has_line(answers[2], "Transfer-Encoding: chunked"));
    CHECK(body_of(answers[2]).starts_with("f\r\nhello, chunks! \r\n0\r\n\r\nHTTP/1.1 200 OK"));
    CHECK(body_of(answers[3]) == "hello");  // it was there before anybody could tell it to come
    CHECK(body_of(answers[4]) == "hello");
}

Coroutine<> send_when_told(std::string& heard) {
    const std::vector<std::string> words = {"0", "site"};
    const Serving serving = co_await start_serving("http-server", words);
    Socket socket = co_await Socket::connect("127.0.0.1", serving.port);
    const std::string fields = "Content-Length: 5\r\nExpect: 100-Continue\r\nConnection: close\r\n";
    const std::string head = request("POST /echo", fields);
    co_await socket.send(head);
    heard = co_await socket.recv(100);
    co_await socket.send("hello");
    const std::string rest = co_await read_all(socket.fd());
    heard += rest;
    co_yield KillTask{serving.task};
}

TEST_CASE("http-server tells a client that asks first to send its body", "[programs][host]") {
    const Site site;
    HostMachine machine;
    std::string heard;
    machine.run(send_when_told(heard));
    CHECK(heard.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
    CHECK(heard.ends_with("\r\n\r\nhello"));
}

TEST_CASE("http-server breaks an answer off when it cannot be as was promised",
          "[programs][host]") {
    const Site site;
    const std::string answer = ask_one(request("POST /echo", "Content-Length: 5\r\n") + "he");
    CHECK(status_of(answer) == 200);
    CHECK(has_line(answer, "Content-Length: 5"));
    CHECK(body_of(answer) == "he");
}

TEST_CASE("http-server sends large files and bodies whole", "[programs][host]") {
    const Site site;
    std::string large(1'000'000, 'x');
    for (std::size_t i = 0; i < large.size(); i += 7) {
        large[i] = static_cast<char>(i);
    }
    write_to("site/large", large);
    const std::vector<std::string> answers =
        ask({request("GET /large"),
             request("GET /large", "Range: bytes=100000-\r\n"),
             request("POST /echo", "Content-Length: 60000\r\n") + large.substr(0, 60'000)});
    CHECK(body_of(answers[0]) == large);
    CHECK(body_of(answers[1]) == large.substr(100'000));
    CHECK(body_of(answers[2]) == large.substr(0, 60'000));
}

TEST_CASE("http-server says what is wrong with a request", "[programs][host]") {
    const Site site;
    const std::string long_name(9'000, 'a');
    const std::string long_value(20'000, 'a');
    const std::vector<std::pair<std::string, int>> cases = {
        {"nonsense\r\n\r\n", 400},
        {std::string("\0\1\2\3", 4), 400},
        {"GET /hello HTTP/1.1\r\n\r\n", 400},  // no Host
        {"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {request("GET /%zz"), 400},
        {request("GET /a%00b"), 400},
        {request("GET nowhere"), 400},
        {request("GET /", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
        {request("GET /", "Content-Length: -5\r\n"), 400},
        {request("POST /echo", "Transfer-Encoding: chunked\r\n") + "zzz\r\n", 400},
        {request("GET /nothing"), 404},
        {request("GET /page.html/below"), 404},
        {request("PUT /page.html"), 405},
        {request("GET /echo"), 405},
        {request("DELETE /hello"), 405},
        {"GET / HTTP/1.1\r\nHost: t", 408},  // and nothing more
        {request("POST /echo", "Content-Length: 5\r\n"), 408},
        {request("POST /echo", "Content-Length: 2000\r\n"), 413},
        {request("POST /echo", "Transfer-Encoding: chunked\r\n") + "800\r\n", 413},
        {request("GET /" + long_name), 414},
        {"GET /" + long_value, 414},
        {request("POST /echo", "Content-Length: 1\r\nExpect: wonders\r\n"), 417},
        {request("GET /", "Field: " + long_value + "\r\n"), 431},
        {request("BREW /tea"), 501},
        {request("POST /echo", "Transfer-Encoding: gzip, chunked\r\n"), 501},
        {"GET / HTTP/2.0\r\n\r\n", 505},
    };
    std::vector<std::string> texts;
    for (const auto& [text, status] : cases) {
        texts.push_back(text);
    }
    const std::vector<std::string> answers = ask(texts, {"--max-body", "1000"});
    for (std::size_t i = 0; i < cases.size(); ++i) {
        CAPTURE(cases[i].first.substr(0, 80), answers[i].substr(0, 80));
        CHECK(status_of(answers[i]) == cases[i].second);
    }
    CHECK(has_line(answers[12], "Allow: GET, HEAD"));
    CHECK(has_line(answers[13], "Allow: POST"));
}

TEST_CASE("http-server keeps a connection whose small body nobody wanted", "[programs][host]") {
    const Site site;
    const std::string answers = ask_one(request("PUT /page.html", "Content-Length: 5\r\n") +
                                        "hello" + request("GET /hello"));
    CHECK(status_of(answers) == 405);
    CHECK(answers.ends_with("Hello, world!\n"));
}

TEST_CASE("http-server refuses a folder that is none", "[programs]") {
    const Site site;
    HostMachine machine;
    const ProgramRun run = run_program(machine, "http-server", {"0", "site/page.html"});
    CHECK(run.status == 1);
    CHECK(run.err.find("Not a directory") != std::string::npos);
}

}  // namespace
}  // namespace yos
