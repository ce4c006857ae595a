#include "syscalls/clear_event.h"
#include "syscalls/set_event.h"
#include "syscalls/wait_event.h"
#include "tests/lib/actors.h"

#include <memory>

namespace yos {
namespace {

Coroutine<> await(Story& story, std::string name, Event& event) {
    co_yield WaitEvent{event};
    story.push_back(name + " saw it");
}

Coroutine<> set(Event& event) {
    co_yield SetEvent{event};
}

Coroutine<> set_and_clear(Event& event) {
    co_yield SetEvent{event};
    co_yield ClearEvent{event};
}

TEST_CASE("SetEvent wakes all who wait, first come, first served", "[event]") {
    Machine machine;
    Event event;
    Story story;
    for (const char* name : {"ann", "bob", "cid"}) {
        machine.kernel().spawn(await(story, name, event));
    }
    CHECK(machine.run(set(event)) == Ending::finished);
    CHECK(story == Story{"ann saw it", "bob saw it", "cid saw it"});
}

TEST_CASE("WaitEvent does not block when the event has happened", "[event]") {
    Machine machine;
    Event event;
    Story story;
    machine.kernel().spawn(set(event));
    CHECK(machine.run(await(story, "ann", event)) == Ending::finished);
    CHECK(story == Story{"ann saw it"});
    CHECK(!machine.record.has("2 blocked on WaitEvent()"));
}

TEST_CASE("ClearEvent lets who comes later wait for the next time", "[event]") {
    Machine machine;
    Event event;
    Story story;
    machine.kernel().spawn(set_and_clear(event));
    machine.kernel().spawn(await(story, "ann", event));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(story.empty());
}

TEST_CASE("Who waits sees an event that is cleared at once", "[event]") {
    Machine machine;
    Event event;
    Story story;
    machine.kernel().spawn(await(story, "ann", event));
    CHECK(machine.run(set_and_clear(event)) == Ending::finished);
    CHECK(story == Story{"ann saw it"});
}

TEST_CASE("Who comes after ClearEvent does not see it when one of those who did is killed",
          "[event]") {
    Machine machine;
    Event event;
    Story story;
    const Tid victim = machine.kernel().spawn(await(story, "victim", event));
    machine.kernel().spawn(set_and_clear(event));
    machine.kernel().spawn(await(story, "late", event));
    machine.kernel().spawn(kill(victim));  // is woken, but did not run yet
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(story.empty());
}

Coroutine<> destroy(std::unique_ptr<Event> event) {
    event.reset();
    co_return;
}

TEST_CASE("An event that is destroyed fails those who wait for it", "[event]") {
    Machine machine;
    auto event = std::make_unique<Event>();
    Story story;
    machine.kernel().spawn(tell_failure(story, "ann", await(story, "ann", *event)));
    machine.kernel().spawn(tell_failure(story, "bob", await(story, "bob", *event)));
    CHECK(machine.run(destroy(std::move(event))) == Ending::finished);
    CHECK(story == Story{"ann: Identifier removed", "bob: Identifier removed"});
}

}  // namespace
}  // namespace yos
