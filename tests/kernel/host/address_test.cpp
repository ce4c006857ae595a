#include "kernel/host/host_sockets.h"
#include "tests/lib/catch.h"

#include <string>
#include <system_error>

namespace yos {
namespace {

std::string round_trip(std::string_view text) {
    return Address::parse(text).to_string();
}

/// What parse says is wrong, without the part that names the address.
std::string complaint_about(std::string_view text) {
    try {
        Address::parse(text);
    } catch (const std::system_error& failure) {
        CHECK(failure.code() == std::errc::invalid_argument);
        const std::string what = failure.what();
        const std::string opening = "bad address \"" + std::string(text) + "\": ";
        REQUIRE(what.starts_with(opening));
        return what.substr(opening.size());
    }
    return "nothing";
}

const std::string wrong_port = "the port is a number from 0 to 65535: Invalid argument";
const std::string wrong_host =
    "the host is a number such as 127.0.0.1 or [::1], localhost, or *: Invalid argument";
const std::string no_brackets =
    "an IPv6 address stands in brackets, as in [::1]:9000: Invalid argument";
const std::string wrong_path = "the path has 1 to 107 bytes: Invalid argument";

TEST_CASE("a port alone is an address of this machine only", "[address]") {
    CHECK(round_trip("9000") == "127.0.0.1:9000");
    CHECK(round_trip("0") == "127.0.0.1:0");
    CHECK(round_trip("65535") == "127.0.0.1:65535");
}

TEST_CASE("an address is a host and a port", "[address]") {
    CHECK(round_trip("127.0.0.1:9000") == "127.0.0.1:9000");
    CHECK(round_trip("0.0.0.0:80") == "0.0.0.0:80");
    CHECK(round_trip("localhost:80") == "127.0.0.1:80");
    CHECK(round_trip("[::1]:9000") == "[::1]:9000");
    CHECK(round_trip("[2001:db8::7]:443") == "[2001:db8::7]:443");
}

TEST_CASE("a star, or no host, stands for every interface", "[address]") {
    CHECK(round_trip("*:9000") == "[::]:9000");
    CHECK(round_trip(":9000") == "[::]:9000");
}

TEST_CASE("an address can be a path", "[address]") {
    CHECK(round_trip("unix:/run/yos") == "unix:/run/yos");
    CHECK(round_trip("unix:here") == "unix:here");
    CHECK(round_trip("unix:a:b") == "unix:a:b");
    CHECK(Address::parse("unix:here").is_unix());
    CHECK_FALSE(Address::parse("9000").is_unix());
}

TEST_CASE("an address has a port from 0 to 65535", "[address]") {
    for (const char* text : {"",
                             ":",
                             "host",
                             "127.0.0.1",
                             "127.0.0.1:",
                             "[::1]",
                             "[::1]:",
                             "65536",
                             "99999999999",
                             "-1",
                             "+1",
                             " 80",
                             "80 ",
                             "0x50",
                             "localhost:http",
                             "unix"}) {
        CHECK(complaint_about(text) == wrong_port);
    }
}

TEST_CASE("a host is a number, localhost, or a star", "[address]") {
    for (const char* text : {"example.com:80",
                             "127.1:80",
                             "300.0.0.1:80",
                             "127.0.0.1.:80",
                             " 127.0.0.1:80",
                             "localhost.:80",
                             "**:80"}) {
        CHECK(complaint_about(text) == wrong_host);
    }
}

TEST_CASE("brackets hold an IPv6 address and nothing else", "[address]") {
    for (const char* text : {"[]:80", "[*]:80", "[localhost]:80", "[127.0.0.1]:80", "[:::]:80"}) {
        CHECK(complaint_about(text) == wrong_host);
    }
    for (const char* text : {"::1:80", "::1", "[::1:80", "::1]:80", "127.0.0.1:80:90"}) {
        CHECK(complaint_about(text) == no_brackets);
    }
}

TEST_CASE("a path has the length that the host allows", "[address]") {
    const std::string longest(107, 'x');
    CHECK(round_trip("unix:" + longest) == "unix:" + longest);
    CHECK(complaint_about("unix:" + longest + "x") == wrong_path);
    CHECK(complaint_about("unix:") == wrong_path);
}

std::vector<Address> resolve(const std::string& host, unsigned short port) {
    const std::unique_ptr<HostPoller> poller = make_epoll_poller();
    return HostSockets(*poller).resolve(host, port);
}

TEST_CASE("resolve finds a name's addresses and keeps the port", "[address]") {
    const std::vector<Address> addresses = resolve("localhost", 9000);
    CHECK_FALSE(addresses.empty());
    for (const Address& address : addresses) {
        const std::string text = address.to_string();
        CHECK((text == "127.0.0.1:9000" || text == "[::1]:9000"));
    }
}

TEST_CASE("resolve fails with EHOSTUNREACH for a name that nobody has", "[address]") {
    const std::string too_long(64, 'x');  // for a label: nobody is asked
    try {
        resolve(too_long, 1);
        FAIL("it was found");
    } catch (const std::system_error& failure) {
        CHECK(failure.code() == std::errc::host_unreachable);
        const std::string what = failure.what();
        CHECK(what.starts_with("no address for \"" + too_long + "\": "));
        CHECK(what.find("No route") == std::string::npos);
    }
}

}  // namespace
}  // namespace yos
