#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"
#include "tests/lib/unprivileged.h"

#include <fstream>

namespace yos {
namespace {

Coroutine<> note_complaint(std::string at, std::string& complaint) {
    complaint = co_await complaint_of(Socket::listen(Address::parse(at)));
}

std::string complaint_about(const std::string& at) {
    HostMachine machine;
    std::string complaint;
    run_to_its_return(machine, note_complaint(at, complaint));
    return complaint;
}

// ---- Ports ----

Coroutine<> listen_twice(std::string at, std::string& complaint, std::string& expected) {
    Socket first = co_await Socket::listen(Address::parse(at));
    const Address address = co_await first.local_address();
    expected = "cannot listen at " + address.to_string() + ": Address already in use";
    complaint = co_await complaint_of(Socket::listen(address));

    // The first goes on.
    Connection connection = co_await connect_to(first);
    co_await connection.client.send("x");
    const std::string came = co_await connection.server.recv(1);
    CHECK(came == "x");
}

TEST_CASE("Listen says that a port is in use", "[listen][host]") {
    HostMachine machine;
    const std::string at = GENERATE("127.0.0.1:0", "[::1]:0", "*:0");
    if (at == "[::1]:0" && !host_has_ipv6()) {
        return;
    }
    std::string complaint;
    std::string expected;
    run_to_its_return(machine, listen_twice(at, complaint, expected));
    CHECK(complaint == expected);
}

Coroutine<> reopen(bool& reopened) {
    Socket first = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    const Address address = co_await first.local_address();
    {
        Connection connection = co_await connect_to(first);
        co_await connection.server.close();  // the side that closes first keeps the port in mind
    }
    co_await first.close();
    Socket second = co_await Socket::listen(address);
    reopened = true;
}

TEST_CASE("a port can be listened at again at once", "[listen][host]") {
    HostMachine machine;
    bool reopened = false;
    run_to_its_return(machine, reopen(reopened));
    CHECK(reopened);
}

TEST_CASE("Listen says that a port is for the privileged", "[listen]") {
    int first_unprivileged = 0;
    std::ifstream("/proc/sys/net/ipv4/ip_unprivileged_port_start") >> first_unprivileged;
    if (first_unprivileged > 1) {
        const Unprivileged here;
        CHECK(complaint_about("127.0.0.1:1") == "cannot listen at 127.0.0.1:1: Permission denied");
    }
}

TEST_CASE("Listen says that an address is not of this machine", "[listen]") {
    CHECK(complaint_about("192.0.2.1:0") ==
          "cannot listen at 192.0.2.1:0: Cannot assign requested address");
}

// ---- Paths ----

Coroutine<> serve_once(std::string path, std::string& came) {
    Connection connection = co_await make_connection("unix:" + path);
    co_await connection.client.send("hello");
    came = co_await connection.server.recv(5);
}

/// Leaves a socket behind as a server does that was killed.
void leave_a_socket(const std::string& path) {
    const HostDescriptor dead(static_cast<int>(checked(::socket(AF_UNIX, SOCK_STREAM, 0))));
    const Address address = Address::parse("unix:" + path);
    checked(::bind(dead.number(),
                   static_cast<const sockaddr*>(address.data()),
                   static_cast<socklen_t>(address.size())));
}

TEST_CASE("Listen takes over the socket file of a server that is gone", "[listen][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    leave_a_socket(scratch.file("socket"));
    std::string came;
    run_to_its_return(machine, serve_once(scratch.file("socket"), came));
    CHECK(came == "hello");
}

Coroutine<> intrude(std::string path, std::string& complaint) {
    const Address address = Address::parse("unix:" + path);
    Socket first = co_await Socket::listen(address);
    complaint = co_await complaint_of(Socket::listen(address));
    HostPeer peer(address);
    Socket connection = co_await first.accept();
}

TEST_CASE("Listen leaves the socket file of a live server alone", "[listen][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    const std::string path = scratch.file("socket");
    std::string complaint;
    run_to_its_return(machine, intrude(path, complaint));
    CHECK(complaint == "cannot listen at unix:" + path + ": Address already in use");
}

TEST_CASE("Listen deletes no file that is not a socket", "[listen]") {
    const ScratchDirectory scratch;
    const std::string path = scratch.file("precious");
    const std::string complaint = "cannot listen at unix:" + path + ": Address already in use";
    SECTION("a plain one") {
        std::ofstream(path) << "data";
        CHECK(complaint_about("unix:" + path) == complaint);
        CHECK(std::filesystem::file_size(path) == 4);
    }
    SECTION("a directory") {
        std::filesystem::create_directory(path);
        CHECK(complaint_about("unix:" + path) == complaint);
        CHECK(std::filesystem::is_directory(path));
    }
    SECTION("a link to a socket that nobody listens at") {
        leave_a_socket(scratch.file("socket"));
        std::filesystem::create_symlink(scratch.file("socket"), path);
        CHECK(complaint_about("unix:" + path) == complaint);
        CHECK(std::filesystem::is_symlink(path));
        CHECK(std::filesystem::is_socket(scratch.file("socket")));
    }
}

TEST_CASE("Listen says what is wrong with a path", "[listen]") {
    const ScratchDirectory scratch;
    const std::string missing = "unix:" + scratch.file("missing/socket");
    CHECK(complaint_about(missing) ==
          "cannot listen at " + missing + ": No such file or directory");

    const std::string locked = "unix:" + scratch.file("locked/socket");
    std::filesystem::create_directory(scratch.file("locked"));
    std::filesystem::permissions(scratch.file("locked"), std::filesystem::perms::none);
    std::filesystem::permissions(scratch.file("."), std::filesystem::perms(0755));
    const Unprivileged here;
    CHECK(complaint_about(locked) == "cannot listen at " + locked + ": Permission denied");
}

}  // namespace
}  // namespace yos
