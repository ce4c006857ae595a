#include "syscalls/yield.h"

#include "syscalls/get_tid.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> yield_in_turn(Story& story, std::string name) {
    for (int i = 1; i <= 3; ++i) {
        story.push_back(name + std::to_string(i));
        co_yield Yield{};
    }
}

TEST_CASE("Yield lets all others run before its caller goes on", "[syscalls]") {
    Machine machine;
    Story story;
    for (const char* name : {"a", "b", "c"}) {
        machine.kernel().spawn(yield_in_turn(story, name));
    }
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3"});
}

Coroutine<> spawn_and_yield(Story& story) {
    co_yield NewTask{yield_in_turn(story, "child")};
    co_yield Yield{};
    story.push_back("parent");
}

TEST_CASE("Yield goes behind a task that became ready just before", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(spawn_and_yield(story));
    CHECK(story == Story{"child1", "parent", "child2", "child3"});
}

Coroutine<> trap(Story& story, std::string name, unsigned times) {
    for (unsigned i = 0; i < times; ++i) {
        co_yield GetTid{};
    }
    story.push_back(name);
}

TEST_CASE("A task that does not yield goes on for its quantum", "[syscalls]") {
    Kernel::Options options = Machine::options();
    options.quantum = 3;
    Machine machine(options);
    Story story;
    SECTION("which is enough for two calls and the end") {
        machine.kernel().spawn(trap(story, "long", 2));
        machine.kernel().spawn(trap(story, "short", 1));
        machine.kernel().run();
        CHECK(story == Story{"long", "short"});
    }
    SECTION("and then gives way") {
        machine.kernel().spawn(trap(story, "long", 3));
        machine.kernel().spawn(trap(story, "short", 1));
        machine.kernel().run();
        CHECK(story == Story{"short", "long"});
    }
}

}  // namespace
}  // namespace yos
