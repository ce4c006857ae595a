#include "programs/redis/request.h"
#include "tests/lib/catch.h"

#include <optional>

namespace yos::redis {
namespace {

using Request = std::vector<std::string>;

/// All requests in `text`, which comes in pieces of that size.
std::vector<Request> parse_in_pieces(const std::string& text, std::size_t piece) {
    RequestParser parser;
    std::vector<Request> requests;
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); at += piece) {
        bytes += text.substr(at, piece);
        while (parser.parse(bytes)) {
            requests.emplace_back(parser.words().begin(), parser.words().end());
            bytes.erase(0, parser.size());
        }
    }
    CHECK(bytes.empty());
    return requests;
}

std::string complaint_about(const std::string& text) {
    RequestParser parser;
    try {
        return parser.parse(text) ? "none, it is whole" : "none, there is more to come";
    } catch (const ProtocolError& error) {
        return error.what();
    }
}

TEST_CASE("a request of redis-cli's is a list of words, with any bytes in them", "[redis]") {
    const std::string binary("a\0b\r\n$1\r\n", 9);
    const std::string text = "*2\r\n$3\r\nGET\r\n$0\r\n\r\n*1\r\n$9\r\n" + binary + "\r\n";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        CHECK(parse_in_pieces(text, piece) == std::vector<Request>{{"GET", ""}, {binary}});
    }
}

TEST_CASE("a request may be typed, with quotes", "[redis]") {
    const std::string text = "PING\r\n  set  'a b'   \"\\x41\\n\\\"\" \n\r\nx'y'\n'it\\'s'\n";
    const std::vector<Request> requests = {{"PING"}, {"set", "a b", "A\n\""}, {}, {"xy"}, {"it's"}};
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        CHECK(parse_in_pieces(text, piece) == requests);
    }
}

TEST_CASE("a request without words is none", "[redis]") {
    CHECK(parse_in_pieces("*0\r\n*-1\r\nPING\r\n", 3) == std::vector<Request>{{}, {}, {"PING"}});
}

TEST_CASE("what is no request is complained of in the words of the original", "[redis]") {
    CHECK(complaint_about("*x\r\n") == "invalid multibulk length");
    CHECK(complaint_about("*1048577\r\n") == "invalid multibulk length");
    CHECK(complaint_about("*99999999999999999999\r\n") == "invalid multibulk length");
    CHECK(complaint_about("*1\r\nGET\r\n") == "expected '$', got 'G'");
    CHECK(complaint_about("*1\r\n$-1\r\n") == "invalid bulk length");
    CHECK(complaint_about("*1\r\n$536870913\r\n") == "invalid bulk length");
    CHECK(complaint_about("*1\r\n$3x\r\n") == "invalid bulk length");
    CHECK(complaint_about("set 'a\r\n") == "unbalanced quotes in request");
    CHECK(complaint_about("set \"a\"b\r\n") == "unbalanced quotes in request");
    CHECK(complaint_about(std::string(65'537, 'a')) == "too big inline request");
    CHECK(complaint_about("*" + std::string(65'537, '1')) == "too big mbulk count string");
    CHECK(complaint_about("*1\r\n$" + std::string(65'537, '1')) == "too big bulk count string");
    CHECK(complaint_about("*1\r\n$536870912\r\n") == "none, there is more to come");
}

TEST_CASE(
    "a long list of words that comes in small pieces is not looked at from its begin each time",
    "[redis]") {
    RequestParser parser;
    std::string bytes = "*300000\r\n";
    bytes.reserve(3'000'000);
    for (int i = 0; i < 299'999; ++i) {
        bytes += "$0\r\n\r\n";
        CHECK_FALSE(parser.parse(bytes));  // would take minutes if it began anew
    }
    bytes += "$0\r\n\r\n";
    CHECK(parser.parse(bytes));
    CHECK(parser.words().size() == 300'000);
    CHECK(parser.size() == bytes.size());
}

}  // namespace
}  // namespace yos::redis
