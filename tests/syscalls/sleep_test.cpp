#include "syscalls/sleep.h"

#include "syscalls/now.h"
#include "tests/lib/actors.h"

#include <sstream>

namespace yos {
namespace {

Coroutine<> sleep_and_tell(Story& story, std::string name, Duration duration) {
    co_yield Sleep{duration};
    const Time now = co_yield Now{};
    std::ostringstream line;
    line << name << " at ";
    print_value(line, now);
    story.push_back(line.str());
}

TEST_CASE("Sleep ends when its time has come, whatever the order of going to sleep", "[syscalls]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(sleep_and_tell(story, "ann", 30ms));
    machine.kernel().spawn(sleep_and_tell(story, "bob", 10ms));
    machine.kernel().spawn(sleep_and_tell(story, "cid", 20ms));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"bob at 10ms", "cid at 20ms", "ann at 30ms"});
}

TEST_CASE("Sleeps that end together end in the order they began", "[syscalls]") {
    Machine machine;
    Story story;
    for (const char* name : {"ann", "bob", "cid", "dan", "eve", "fay"}) {
        machine.kernel().spawn(sleep_and_tell(story, name, 10ms));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann at 10ms",
                         "bob at 10ms",
                         "cid at 10ms",
                         "dan at 10ms",
                         "eve at 10ms",
                         "fay at 10ms"});
}

Coroutine<> sleep_in_a_row(Story& story) {
    co_await sleep_and_tell(story, "once", 1ms);
    co_await sleep_and_tell(story, "twice", 1ms);
}

TEST_CASE("Virtual time stands still but for sleeping", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(sleep_and_tell(story, "never", 0ms));
    machine.run(sleep_in_a_row(story));
    CHECK(story == Story{"never at 0ns", "once at 1ms", "twice at 2ms"});
}

Coroutine<> doze(Story& story) {
    story.push_back("ann before");
    co_yield Sleep{0ms};
    story.push_back("ann after");
}

Coroutine<> tell(Story& story, std::string what) {
    story.push_back(what);
    co_return;
}

TEST_CASE("Sleep for no time is a Yield", "[syscalls]") {
    Machine machine;
    Story story;
    machine.kernel().spawn(doze(story));
    machine.kernel().spawn(tell(story, "bob"));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann before", "bob", "ann after"});
    CHECK(machine.kernel().now() == Time(0ms));
}

TEST_CASE("Sleep for a negative time fails with EINVAL", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(tell_failure(story, "ann", sleep_and_tell(story, "ann", -1ns)));
    CHECK(story == Story{"ann: Invalid argument"});
}

TEST_CASE("Sleep for ever is longer than any other sleep", "[syscalls]") {
    Machine machine;
    Story story;
    const Tid ever = machine.kernel().spawn(sleep_and_tell(story, "ever", Duration::max()));
    machine.kernel().spawn(sleep_and_tell(story, "ann", 1000h));
    CHECK(machine.kernel().run() == Ending::finished);
    REQUIRE(story.size() == 2);
    CHECK(story.front().substr(0, 3) == "ann");
    CHECK(machine.record.has(std::to_string(ever) + " returned 0"));
}

Coroutine<> look_twice(std::vector<Time>& times) {
    times.push_back(co_yield Now{});
    times.push_back(co_yield Now{});
}

TEST_CASE("Real time goes on, and begins when the kernel boots", "[syscalls]") {
    Kernel::Options options = Machine::on_host();
    options.virtual_time = false;
    Machine machine(options);
    std::vector<Time> times;
    machine.run(look_twice(times));
    CHECK(times[0] >= Time(0ns));
    CHECK(times[1] >= times[0]);
}

}  // namespace
}  // namespace yos
