// How HTTP writes names, dates, ranges, types and addresses.

#include "programs/web/http/content_type.h"
#include "programs/web/http/date.h"
#include "programs/web/http/range.h"
#include "programs/web/http/text.h"
#include "programs/web/http/url.h"
#include "tests/lib/catch.h"

#include <stdexcept>

namespace yos::http {
namespace {

using namespace std::chrono_literals;

TEST_CASE("names are escaped for HTML and for URLs, and back", "[http]") {
    CHECK(escaped_for_html("<a href=\"x\">'&'") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
    CHECK(escaped_for_url("/a b/%?#\xC3\xA9") == "/a%20b/%25%3F%23%C3%A9");
    std::string all;
    for (int c = 0; c < 256; ++c) {
        all += static_cast<char>(c);
    }
    CHECK(unescaped(escaped_for_url(all)) == all);
    for (const char* wrong : {"%", "%1", "%1g", "%g1", "a%"}) {
        CHECK(!unescaped(wrong));
    }
}

TEST_CASE("dates are read in all three forms that HTTP has had", "[http]") {
    const WallTime time{784'111'777s};
    CHECK(to_date(time) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(parse_date("Sun, 06 Nov 1994 08:49:37 GMT") == time);
    CHECK(parse_date("Sunday, 06-Nov-94 08:49:37 GMT") == time);
    CHECK(parse_date("Sun Nov  6 08:49:37 1994") == time);
    for (const char* wrong : {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "0"}) {
        CHECK(!parse_date(wrong));
    }
}

TEST_CASE("a range is a part of the file, beyond it, or to be ignored", "[http]") {
    const auto of_ten = [](std::string_view value) {
        const Range range = parse_range(value, 10);
        const char* const kind = range.kind == Range::Kind::whole  ? "whole "
                                 : range.kind == Range::Kind::part ? "part "
                                                                   : "beyond ";
        return kind + std::to_string(range.first) + " " + std::to_string(range.size);
    };
    CHECK(of_ten("bytes=0-0") == "part 0 1");
    CHECK(of_ten("bytes=3-5") == "part 3 3");
    CHECK(of_ten("bytes=3-") == "part 3 7");
    CHECK(of_ten("bytes=3-99999999999") == "part 3 7");
    CHECK(of_ten("bytes=-4") == "part 6 4");
    CHECK(of_ten("bytes=-40") == "part 0 10");
    CHECK(of_ten("bytes=10-") == "beyond 0 0");
    CHECK(of_ten("bytes=-0") == "beyond 0 0");
    CHECK(parse_range("bytes=0-", 0).kind == Range::Kind::beyond);
    for (const char* ignored : {"",
                                "bytes=",
                                "bytes=-",
                                "bytes=5-3",
                                "bytes=a-b",
                                "bytes=1-2,4-5",
                                "bytes=99999999999999999999-",
                                "items=1-2",
                                "bytes 1-2"}) {
        CHECK(of_ten(ignored) == "whole 0 10");
    }
}

TEST_CASE("the type of a file is known by its name's end", "[http]") {
    CHECK(content_type("a/b.HTML") == "text/html; charset=utf-8");
    CHECK(content_type("x.tar.gz") == "application/gzip");
    CHECK(content_type("folder.html/file") == "application/octet-stream");
    CHECK(content_type("png") == "application/octet-stream");
    CHECK(content_type("") == "application/octet-stream");
}

TEST_CASE("a URL has a host, a port and a target", "[http]") {
    const Url url = Url::parse("http://localhost:8080/a/b?c#d");
    CHECK(url.host() == "localhost");
    CHECK(url.port() == 8080);
    CHECK(url.target() == "/a/b?c");
    CHECK(Url::parse("http://example.org").to_string() == "http://example.org/");
    CHECK(Url::parse("http://example.org?x").target() == "/?x");
    CHECK(Url::parse("http://[::1]:81/").host() == "[::1]");
    for (const char* wrong : {"",
                              "localhost",
                              "https://x/",
                              "http://",
                              "http://:80/",
                              "http://x:0/",
                              "http://x:99999/",
                              "http://x:y/"}) {
        CHECK_THROWS_AS(Url::parse(wrong), std::invalid_argument);
    }
}

TEST_CASE("a link leads from the page it is on", "[http]") {
    const Url page = Url::parse("http://h:81/a/b/c?d");
    const auto leads_to = [&](const char* link) {
        const std::optional<Url> next = page.resolve(link);
        return next ? next->to_string() : "nowhere";
    };
    CHECK(leads_to("x") == "http://h:81/a/b/x");
    CHECK(leads_to("./x/") == "http://h:81/a/b/x/");
    CHECK(leads_to("../x?y=../z") == "http://h:81/a/x?y=../z");
    CHECK(leads_to("../../../x") == "http://h:81/x");
    CHECK(leads_to("..") == "http://h:81/a/");
    CHECK(leads_to("/x") == "http://h:81/x");
    CHECK(leads_to("/") == "http://h:81/");
    CHECK(leads_to("?e") == "http://h:81/a/b/c?e");
    CHECK(leads_to("#e") == "http://h:81/a/b/c");
    CHECK(leads_to("//other/x") == "http://other/x");
    CHECK(leads_to("http://other:82") == "http://other:82/");
    CHECK(leads_to("mailto:a@b") == "nowhere");
    CHECK(leads_to("https://other/") == "nowhere");
    CHECK(leads_to("x:y") == "nowhere");
    CHECK(leads_to("./x:y") == "http://h:81/a/b/x:y");
}

}  // namespace
}  // namespace yos::http
