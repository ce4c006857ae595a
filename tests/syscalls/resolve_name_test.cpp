#include "syscalls/resolve_name.h"

#include "tests/lib/loopback.h"

namespace yos {
namespace {

Coroutine<> find(std::string host, std::vector<std::string>& found) {
    try {
        const std::vector<Address> addresses = co_yield ResolveName{host, 9000};
        for (const Address& address : addresses) {
            found.push_back(address.to_string());
        }
    } catch (const std::system_error& failure) {
        found.push_back(failure.code().message());
    }
}

TEST_CASE("ResolveName finds a name's addresses, and keeps the port", "[syscalls]") {
    HostMachine machine;
    std::vector<std::string> found;
    run_to_its_return(machine, find("localhost", found));
    CHECK_FALSE(found.empty());
    for (const std::string& address : found) {
        CHECK((address == "127.0.0.1:9000" || address == "[::1]:9000"));
    }
}

TEST_CASE("ResolveName fails with EHOSTUNREACH for a name that nobody has", "[syscalls]") {
    HostMachine machine;
    std::vector<std::string> found;
    run_to_its_return(machine, find(std::string(64, 'x'), found));  // too long: nobody is asked
    CHECK(found == std::vector<std::string>{"No route to host"});
}

TEST_CASE("in a simulated world ResolveName knows this machine and what is written in numbers",
          "[syscalls]") {
    Machine machine;
    std::vector<std::string> found;
    for (const char* host : {"localhost", "127.0.0.7", "[::1]", "example.org"}) {
        run_to_its_return(machine, find(host, found));
    }
    CHECK(found == std::vector<std::string>{
                       "127.0.0.1:9000", "127.0.0.7:9000", "[::1]:9000", "No route to host"});
}

}  // namespace
}  // namespace yos
