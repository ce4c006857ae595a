#include "syscalls/acquire.h"
#include "syscalls/release.h"
#include "tests/lib/actors.h"

#include <memory>

namespace yos {
namespace {

Coroutine<> acquire(Story& story, std::string name, Semaphore& semaphore) {
    co_yield Acquire{semaphore};
    story.push_back(name + " in");
}

Coroutine<> release(Semaphore& semaphore, int times) {
    for (int i = 0; i < times; ++i) {
        co_yield Release{semaphore};
    }
}

TEST_CASE("Acquire takes a permit at once while there is one", "[semaphore]") {
    Machine machine;
    Semaphore semaphore(2);
    Story story;
    machine.kernel().spawn(acquire(story, "ann", semaphore));
    machine.kernel().spawn(acquire(story, "bob", semaphore));
    machine.kernel().spawn(acquire(story, "cid", semaphore));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(story == Story{"ann in", "bob in"});
    CHECK(semaphore.permits == 0);
}

TEST_CASE("Release lets those who wait in, first come, first served", "[semaphore]") {
    Machine machine;
    Semaphore semaphore(0);
    Story story;
    for (const char* name : {"ann", "bob", "cid"}) {
        machine.kernel().spawn(acquire(story, name, semaphore));
    }
    machine.kernel().spawn(release(semaphore, 2));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(story == Story{"ann in", "bob in"});
    CHECK(semaphore.permits == 0);
}

TEST_CASE("A permit that nobody waits for is kept", "[semaphore]") {
    Machine machine;
    Semaphore semaphore(0);
    Story story;
    machine.kernel().spawn(release(semaphore, 2));
    CHECK(machine.run(acquire(story, "ann", semaphore)) == Ending::finished);
    CHECK(semaphore.permits == 1);
}

TEST_CASE("Who comes after the permit does not overtake the one woken for it", "[semaphore]") {
    Machine machine;
    Semaphore semaphore(0);
    Story story;
    machine.kernel().spawn(acquire(story, "ann", semaphore));
    machine.kernel().spawn(release(semaphore, 1));
    machine.kernel().spawn(acquire(story, "bob", semaphore));
    machine.kernel().spawn(release(semaphore, 1));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann in", "bob in"});
}

TEST_CASE("A task that queues up behind a woken one gets the permit that is left", "[semaphore]") {
    Machine machine;
    Semaphore semaphore(0);
    Story story;
    machine.kernel().spawn(acquire(story, "ann", semaphore));
    machine.kernel().spawn(release(semaphore, 2));
    machine.kernel().spawn(acquire(story, "bob", semaphore));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann in", "bob in"});
    CHECK(semaphore.permits == 0);
}

Coroutine<> destroy(std::unique_ptr<Semaphore> semaphore) {
    semaphore.reset();
    co_return;
}

TEST_CASE("A semaphore that is destroyed fails those who wait for it", "[semaphore]") {
    Machine machine;
    auto semaphore = std::make_unique<Semaphore>(0);
    Story story;
    machine.kernel().spawn(tell_failure(story, "ann", acquire(story, "ann", *semaphore)));
    machine.kernel().spawn(tell_failure(story, "bob", acquire(story, "bob", *semaphore)));
    CHECK(machine.run(destroy(std::move(semaphore))) == Ending::finished);
    CHECK(story == Story{"ann: Identifier removed", "bob: Identifier removed"});
}

}  // namespace
}  // namespace yos
