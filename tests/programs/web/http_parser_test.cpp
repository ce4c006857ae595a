#include "programs/web/http/parser.h"
#include "tests/lib/catch.h"

#include <random>
#include <vector>

namespace yos::http {
namespace {

/// What a parser makes of `text` when it comes in pieces of this size: the messages, or why not.
std::string parsed(const std::string& text, std::size_t piece, Parser::Kind kind) {
    Parser parser(kind, Limits{.target = 50, .head = 200, .body = 100});
    std::string found;
    std::string bytes;
    try {
        for (std::size_t at = 0; at < text.size(); at += piece) {
            bytes += text.substr(at, piece);
            std::string_view left = bytes;
            while (!left.empty() && parser.take(left)) {
                if (parser.is_done()) {
                    const Head& head = parser.head();
                    found += head.method + "|" + head.target + "|" + std::to_string(head.status);
                    for (std::size_t i = 0; i < head.fields.size(); ++i) {
                        found += "|" + std::string(head.fields[i].name) + "=" +
                                 std::string(head.fields[i].value);
                    }
                    found += "|" + parser.body() + (head.keep_alive ? "|keep\n" : "|close\n");
                    parser.start();
                }
            }
            bytes.erase(0, bytes.size() - left.size());
        }
    } catch (const Refusal& refusal) {
        return std::to_string(refusal.status());
    }
    return found;
}

std::string parsed(const std::string& text, Parser::Kind kind = Parser::Kind::request) {
    const std::string at_once = parsed(text, text.size(), kind);
    for (const std::size_t piece : {1, 2, 7}) {
        CAPTURE(text, piece, at_once);
        const std::string in_pieces = parsed(text, piece, kind);
        // A head that comes in pieces is looked at when it is all there, and so refused later.
        CHECK((in_pieces == at_once || (in_pieces.empty() && at_once.size() == 3)));
    }
    return at_once;
}

TEST_CASE("a parser finds the parts of a request, however they come", "[http]") {
    CHECK(parsed("GET /a?b HTTP/1.1\r\nHost: c\r\nX:  y z \r\n\r\n") ==
          "GET|/a?b|0|Host=c|X=y z||keep\n");
    CHECK(parsed(
              "POST / HTTP/1.1\r\nHost: c\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.0\r\n\r\n") ==
          "POST|/|0|Host=c|Content-Length=3|abc|keep\nGET|/|0||close\n");
    CHECK(parsed("GET http://c:80/a HTTP/1.1\r\nHost: c\r\n\r\n") == "GET|/a|0|Host=c||keep\n");
    CHECK(parsed("GET http://c HTTP/1.1\r\nHost: c\r\n\r\n") == "GET|/|0|Host=c||keep\n");
}

TEST_CASE("a parser puts chunks together, and leaves out what comes behind them", "[http]") {
    CHECK(parsed("POST / HTTP/1.1\r\nHost: c\r\nTransfer-Encoding: chunked\r\n\r\n"
                 "3;x=y\r\nabc\r\n1\r\nd\r\n0\r\nLate: field\r\n\r\n") ==
          "POST|/|0|Host=c|Transfer-Encoding=chunked|abcd|keep\n");
}

TEST_CASE("a parser finds the parts of a response", "[http]") {
    CHECK(parsed("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab",
                 Parser::Kind::response) == "||200|Content-Length=2|Connection=close|ab|close\n");
    CHECK(parsed("HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n",
                 Parser::Kind::response) == "||304|Content-Length=2||keep\n");
}

TEST_CASE("the body of a response without a size ends with the connection", "[http]") {
    Parser parser(Parser::Kind::response, Limits());
    std::string_view bytes = "HTTP/1.1 200 OK\r\n\r\nall of it";
    while (!bytes.empty() && parser.take(bytes)) {
    }
    CHECK(!parser.is_done());
    parser.end_of_input();
    CHECK(parser.is_done());
    CHECK(parser.body() == "all of it");
    parser.start();
    bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nall";
    while (!bytes.empty() && parser.take(bytes)) {
    }
    CHECK_THROWS_AS(parser.end_of_input(), Refusal);
}

TEST_CASE("a parser has limits, which count all that a head is made of", "[http]") {
    const std::string line = "GET / HTTP/1.1\r\nHost: c\r\n";
    std::string many;
    for (int i = 0; i < 40; ++i) {
        many += "A: b\r\n";
    }
    CHECK(parsed(line + many + "\r\n") == "431");
    CHECK(parsed("GET /" + std::string(60, 'a') + " HTTP/1.1\r\nHost: c\r\n\r\n") == "414");
    CHECK(parsed("GET /" + std::string(400, 'a')) == "414");
    CHECK(parsed(line + "Content-Length: 101\r\n\r\n") == "413");
    CHECK(parsed(line + "Content-Length: 99999999999999999999999\r\n\r\n") == "400");
    const std::string chunked = line + "Transfer-Encoding: chunked\r\n\r\n";
    CHECK(parsed(chunked + "40\r\n" + std::string(64, 'x') + "\r\n40\r\n") == "413");
    CHECK(parsed(chunked + "1;" + std::string(400, 'x')) == "400");
    CHECK(parsed(chunked + "0\r\nX: " + std::string(400, 'x')) == "400");
}

TEST_CASE("a request that two servers could understand differently is refused", "[http]") {
    const std::string line = "POST / HTTP/1.1\r\nHost: c\r\n";
    for (const char* fields : {"Content-Length: 1\r\nContent-Length: 2\r\n",
                               "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                               "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
                               "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                               "Content-Length : 1\r\n",
                               "Content-Length: 0x1\r\n",
                               "Content-Length: +1\r\n",
                               "Host: d\r\n"}) {
        CHECK(parsed(line + fields + "\r\n") == "400");
    }
    CHECK(parsed("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == "400");
    CHECK(parsed(line + "Transfer-Encoding: chunked, gzip\r\n\r\n") == "501");
    CHECK(parsed(line + "Transfer-Encoding: xchunked\r\n\r\n") == "501");
}

TEST_CASE("a parser neither fails nor depends on how bytes come, whatever they are", "[http]") {
    const std::string alphabet = "GETPOS /:;.,15\r\n\r\n\r\nHost: Content-Length: chunked HTTP/1.1";
    std::mt19937 random(17);
    for (int i = 0; i < 2'000; ++i) {
        std::string text = random() % 2 == 0 ? "POST / HTTP/1.1\r\nHost: c\r\n" : "";
        text += random() % 4 == 0 ? "Transfer-Encoding: chunked\r\n\r\n" : "";
        for (auto size = random() % 40; size > 0; --size) {
            text += random() % 8 == 0 ? static_cast<char>(random())
                                      : alphabet[random() % alphabet.size()];
        }
        text += random() % 2 == 0 ? "\r\n\r\n" : "";
        if (!text.empty()) {
            parsed(text);
        }
    }
}

}  // namespace
}  // namespace yos::http
