// What the author of a system call can get wrong, and how it is said.

#include "syscalls/wait_event.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

/// Hears what a task of the machine has died of.
std::string last_words(const Machine& machine) {
    for (const std::string& line : machine.record.lines) {
        if (const auto at = line.find("threw \""); at != std::string::npos) {
            return line.substr(at + 7, line.size() - at - 8);
        }
    }
    return "";
}

class Forgetful : public SystemCall<> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return Outcome::Kind::blocked; }
};

Coroutine<> block_for_nothing() {
    co_yield Forgetful{};
}

TEST_CASE("a call that blocks its caller without a wait is told so", "[mistakes]") {
    Machine machine;
    CHECK(machine.run(block_for_nothing()) == Ending::finished);
    CHECK(last_words(machine) ==
          "Forgetful() answered blocked, but waits for nothing, so nobody could wake it: answer "
          "block_on or block_until");
}

class Eager : public SystemCall<int> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        complete(1);
        return complete(2);
    }
};

Coroutine<> complete_twice() {
    co_yield Eager{};
}

TEST_CASE("a call that completes twice is told so, in Debug", "[mistakes]") {
    Machine machine;
    CHECK(machine.run(complete_twice()) == Ending::finished);
    CHECK(last_words(machine) == (Mistakes::looked_for ? "Eager() was completed twice" : ""));
}

/// Wakes whoever it is given, twice for good measure.
class Nudge : public SystemCall<> {
public:
    explicit Nudge(Task* whom) : whom_(whom) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        self.upcalls().wake(*whom_);
        self.upcalls().wake(*whom_);
        return complete();
    }

private:
    Task* whom_;
};

/// Gives away who calls it.
class Self : public SystemCall<Task*> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& self) override { return complete(&self); }
};

Coroutine<> leave_a_pointer(Task*& left) {
    left = co_yield Self{};
}

Coroutine<> nudge_the_dead() {
    Task* dead = nullptr;
    co_yield NewTask{leave_a_pointer(dead)};
    co_await let_the_others_run();
    co_yield Nudge{dead};
}

TEST_CASE("a call that wakes a task that has ended is told so, in Debug", "[mistakes]") {
    if (!Mistakes::looked_for) {
        return;  // nobody looks, and the pointer leads nowhere
    }
    Machine machine;
    CHECK(machine.run(nudge_the_dead()) == Ending::finished);
    CHECK_THAT(last_words(machine),
               Catch::Matchers::ContainsSubstring("woke a task that has ended"));
    CHECK_THAT(last_words(machine), Catch::Matchers::ContainsSubstring("Nudge("));
}

Coroutine<> wait_and_tell(Task*& self, Event& event, Story& story) {
    self = co_yield Self{};
    co_yield WaitEvent{event};
    story.emplace_back("it has happened");
}

Coroutine<> nudge_in_vain(Story& story) {
    Event event;
    Task* waiter = nullptr;
    co_yield NewTask{wait_and_tell(waiter, event, story)};
    co_await let_the_others_run();
    co_yield Nudge{waiter};
    co_await let_the_others_run();
    CHECK(story.empty());
    event.happened = true;
    event.waiters.complete_all();
    co_await let_the_others_run();
}

TEST_CASE("a call that wakes a task for nothing, or twice, does no harm", "[mistakes]") {
    Machine machine;
    Story story;
    CHECK(machine.run(nudge_in_vain(story)) == Ending::finished);
    CHECK(story == Story{"it has happened"});
}

}  // namespace
}  // namespace yos
