#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

#include <filesystem>
#include <vector>

namespace yos {
namespace {

using namespace std::chrono_literals;

std::size_t open_host_descriptors() {
    const std::filesystem::directory_iterator numbers("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(numbers), end(numbers)));
}

/// A listener of the host's whose queue is full, so that the next connection gets no answer.
class DeafListener {
public:
    explicit DeafListener(const Address& at)
        : socket_(static_cast<int>(checked(
              ::socket(static_cast<const sockaddr*>(at.data())->sa_family, SOCK_STREAM, 0)))) {
        checked(::bind(socket_.number(),
                       static_cast<const sockaddr*>(at.data()),
                       static_cast<socklen_t>(at.size())));
        checked(::listen(socket_.number(), 0));
        queued_.emplace_back(address());
    }

    Address address() const {
        sockaddr_storage storage{};
        socklen_t size = sizeof storage;
        checked(::getsockname(socket_.number(), reinterpret_cast<sockaddr*>(&storage), &size));
        return Address(&storage, size);
    }

    /// Makes room for one more.
    HostDescriptor accept() const {
        return HostDescriptor(
            static_cast<int>(checked(::accept(socket_.number(), nullptr, nullptr))));
    }

private:
    HostDescriptor socket_;
    std::vector<HostPeer> queued_;
};

// ---- Refused ----

Coroutine<> connect_to_nobody(std::string& complaint, std::string& expected) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    const Address address = co_await listener.local_address();
    co_await listener.close();
    complaint = co_await complaint_of(Socket::connect(address));
    expected = "Connect(" + address.to_string() + "): Connection refused";
}

TEST_CASE("Connect says that nobody listens at a port", "[connect][host]") {
    HostMachine machine;
    std::string complaint;
    std::string expected;
    run_to_its_return(machine, connect_to_nobody(complaint, expected));
    CHECK(complaint == expected);
}

Coroutine<> connect_to_path(std::string path, std::error_code& error) {
    error = co_await error_of(Socket::connect(Address::parse("unix:" + path)));
}

TEST_CASE("Connect says what is wrong with a path", "[connect]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    std::error_code error;
    SECTION("nothing there") {
        run_to_its_return(machine, connect_to_path(scratch.file("nothing"), error));
        CHECK(error == std::errc::no_such_file_or_directory);
    }
    SECTION("no socket") {
        run_to_its_return(machine, connect_to_path(scratch.file("."), error));
        CHECK(error == std::errc::connection_refused);
    }
}

// ---- No answer ----

Coroutine<> connect_for_a_while(Address address, std::error_code& error) {
    error = co_await error_of(with_timeout(3s, Socket::connect(address)));
}

TEST_CASE("a Connect without an answer can be timed out", "[connect][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    const std::string at = GENERATE("127.0.0.1:0", "unix:");
    const DeafListener listener(Address::parse(at == "unix:" ? at + scratch.file("socket") : at));
    std::error_code error;
    run_to_its_return(machine, connect_for_a_while(listener.address(), error));
    CHECK(error == std::errc::timed_out);
    CHECK(machine.kernel().now() == Time(3s));

    const std::size_t open_after_one = open_host_descriptors();
    run_to_its_return(machine, connect_for_a_while(listener.address(), error));
    CHECK(open_host_descriptors() == open_after_one);
}

Coroutine<> keep_connecting(Address address, bool& went_on) {
    Socket socket = co_await Socket::connect(address);
    went_on = true;
}

Coroutine<> kill_while_connecting(Address address, bool& went_on) {
    const Tid tid = co_yield NewTask{keep_connecting(address, went_on)};
    co_await let_others_wait();
    co_yield KillTask{tid};
}

TEST_CASE("a task that is killed in Connect leaves no descriptor behind", "[connect][host]") {
    HostMachine machine;
    const DeafListener listener(Address::parse("127.0.0.1:0"));
    bool went_on = false;
    run_to_its_return(machine, kill_while_connecting(listener.address(), went_on));
    const std::size_t open_after_one = open_host_descriptors();
    run_to_its_return(machine, kill_while_connecting(listener.address(), went_on));
    CHECK_FALSE(went_on);
    CHECK(open_host_descriptors() == open_after_one);
}

Coroutine<> wait_for_room(DeafListener& listener, bool& connected) {
    co_yield NewTask{keep_connecting(listener.address(), connected)};
    for (int i = 0; i < 100; ++i) {
        co_await let_others_wait();
    }
    CHECK_FALSE(connected);
    const HostDescriptor first = listener.accept();
    co_await eventually([&] { return connected; });
}

TEST_CASE("Socket::connect waits while a Unix-domain listener's queue is full", "[connect][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    DeafListener listener(Address::parse("unix:" + scratch.file("socket")));
    bool connected = false;
    run_to_its_return(machine, wait_for_room(listener, connected));
    CHECK(connected);
}

// ---- Names ----

Coroutine<> connect_by_name(std::string name, std::string& came) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    const Address address = co_await listener.local_address();
    const std::string text = address.to_string();
    const int port = std::stoi(text.substr(text.rfind(':') + 1));
    Socket client = co_await Socket::connect(name, static_cast<unsigned short>(port));
    Socket server = co_await listener.accept();
    co_await client.send(name);
    came = co_await server.recv(100);
}

TEST_CASE("Socket::connect takes a number, localhost, or a name that is looked up",
          "[connect][host]") {
    HostMachine machine;
    // In capitals it is like any name: looked up, and all its addresses are tried.
    const std::string name = GENERATE("127.0.0.1", "localhost", "LOCALHOST");
    std::string came;
    run_to_its_return(machine, connect_by_name(name, came));
    CHECK(came == name);
}

Coroutine<> connect_to_unknown(std::string name, std::error_code& error) {
    error = co_await error_of(Socket::connect(name, 1));
}

TEST_CASE("Socket::connect fails with EHOSTUNREACH for a name that nobody has", "[connect]") {
    HostMachine machine;
    std::error_code error;
    run_to_its_return(machine, connect_to_unknown(std::string(64, 'x'), error));
    CHECK(error == std::errc::host_unreachable);
}

}  // namespace
}  // namespace yos
