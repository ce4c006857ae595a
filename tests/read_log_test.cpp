#include "syscalls/read_log.h"

#include "tests/actors.h"

namespace yos {
namespace {

Coroutine<> read_log(std::vector<std::string>& lines) {
    lines = co_yield ReadLog{};
}

TEST_CASE("ReadLog gives the kernel's last messages, oldest first, one line each", "[syscalls]") {
    Machine machine;
    machine.kernel().log().info("first");
    machine.kernel().log().warning("second");
    std::vector<std::string> lines;
    machine.run(read_log(lines));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].ends_with(" info: first"));
    CHECK(lines[1].ends_with(" warning: second"));
}

TEST_CASE("ReadLog gives no more than the ring holds", "[syscalls]") {
    Machine machine;
    for (std::size_t i = 0; i < limits::log_ring + 3; ++i) {
        machine.kernel().log().info("message " + std::to_string(i));
    }
    std::vector<std::string> lines;
    machine.run(read_log(lines));
    REQUIRE(lines.size() == limits::log_ring);
    CHECK(lines.front().ends_with("message 3"));
    CHECK(lines.back().ends_with("message " + std::to_string(limits::log_ring + 2)));
}

Coroutine<> fail() {
    co_yield Yield{};
    throw std::runtime_error("the disk is full");
}

TEST_CASE("The log tells of a task that ended by an exception", "[syscalls]") {
    Machine machine;
    std::vector<std::string> lines;
    machine.run(fail());
    machine.run(read_log(lines));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].ends_with("warning: task 1 (fail) ended by an exception: the disk is full"));
}

}  // namespace
}  // namespace yos
