#include "syscalls/read_log.h"

#include "syscalls/join.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "tests/lib/actors.h"

#include <chrono>

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

Coroutine<> fail_when_interrupted() {
    try {
        co_yield Sleep{std::chrono::seconds(1)};
    } catch (const Interruption&) {  // what comes next is worse
    }
    throw std::runtime_error("and nobody can be told");
}

Coroutine<> fail_in_a_group(std::string& heard) {
    TaskGroup group;
    co_yield NewTask{fail(), "first"}.in(group);
    co_yield NewTask{fail_when_interrupted(), "second"}.in(group);
    try {
        co_await join(group);
    } catch (const std::runtime_error& failure) {
        heard = failure.what();
    }
}

TEST_CASE("The log does not warn of a failure that its group's owner hears of", "[syscalls]") {
    Machine machine;
    std::vector<std::string> lines;
    std::string heard;
    machine.run(fail_in_a_group(heard));
    machine.run(read_log(lines));
    CHECK(heard == "the disk is full");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].ends_with("info: task 2 (first) ended by an exception: the disk is full"));
    CHECK(lines[1].ends_with(
        "warning: task 3 (second) ended by an exception: and nobody can be told"));
}

}  // namespace
}  // namespace yos
