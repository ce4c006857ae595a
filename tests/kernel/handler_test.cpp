// What a system call's handler does wrong is its caller's to hear of, and nobody else's.

#include "syscalls/get_tid.h"
#include "syscalls/sleep.h"
#include "syscalls/yield.h"
#include "tests/lib/machine.h"

#include <functional>
#include <stdexcept>

namespace yos {
namespace {

using Story = std::vector<std::string>;

/// A call whose handler is the test's.
class Try : public SystemCall<int> {
public:
    using Handler = std::function<std::optional<Outcome>(Task& self)>;

    explicit Try(Handler handler) : handler_(std::move(handler)) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        const std::optional<Outcome> outcome = handler_(self);
        return outcome ? *outcome : complete(7);
    }

private:
    Handler handler_;
};

[[noreturn]] std::optional<Outcome> throw_runtime_error(Task& /*self*/) {
    throw std::runtime_error("bug in the handler");
}

[[noreturn]] std::optional<Outcome> throw_number(Task& /*self*/) {
    throw 42;
}

[[noreturn]] std::optional<Outcome> throw_system_error(Task& /*self*/) {
    throw std::system_error(std::make_error_code(std::errc::io_error), "the disk");
}

std::optional<Outcome> fail_with_busy(Task& /*self*/) {
    return Outcome(std::errc::device_or_resource_busy);
}

std::optional<Outcome> succeed(Task& /*self*/) {
    return std::nullopt;
}

/// Tells what came of a call, and that its caller goes on as if nothing were.
Coroutine<> tell(Story& story, Try::Handler handler) {
    std::string what;
    try {
        const int result = co_yield Try{std::move(handler)};
        what = std::to_string(result);
    } catch (const std::system_error& error) {
        what = std::string("system_error ") + error.what();
    } catch (const std::exception& error) {
        what = error.what();
    } catch (int number) {
        what = "int " + std::to_string(number);
    }
    story.push_back(what);
    const Tid me = co_yield GetTid{};
    story.push_back("still task " + std::to_string(me));
}

Story told_of(Try::Handler handler) {
    Machine machine;
    Story story;
    CHECK(machine.run(tell(story, std::move(handler))) == Ending::finished);
    CHECK(machine.record.has("1 returned 0"));
    return story;
}

TEST_CASE("what a handler throws, its caller catches, as it was thrown", "[kernel]") {
    CHECK(told_of(succeed) == Story{"7", "still task 1"});
    CHECK(told_of(throw_runtime_error) == Story{"bug in the handler", "still task 1"});
    CHECK(told_of(throw_number) == Story{"int 42", "still task 1"});
    CHECK(told_of(throw_system_error) ==
          Story{"system_error the disk: Input/output error", "still task 1"});
}

TEST_CASE("a failed call is a system_error that names the call", "[kernel]") {
    CHECK(told_of(fail_with_busy) ==
          Story{"system_error Try(): Device or resource busy", "still task 1"});
}

Coroutine<> call_and_do_not_catch(Try::Handler handler) {
    co_yield Try{std::move(handler)};
}

Coroutine<> live_on(Story& story) {
    for (int i = 0; i < 3; ++i) {
        co_yield Yield{};
    }
    story.emplace_back("lived on");
}

TEST_CASE("a handler's exception that nobody catches ends its caller, and nobody else",
          "[kernel]") {
    for (const Try::Handler handler : {throw_runtime_error, throw_number, throw_system_error}) {
        Machine machine;
        Story story;
        machine.kernel().spawn(call_and_do_not_catch(handler));
        machine.kernel().spawn(live_on(story));
        CHECK(machine.kernel().run() == Ending::finished);
        CHECK(story == Story{"lived on"});
        CHECK(machine.record.has("2 returned 0"));
    }
}

TEST_CASE("a task that ends by an exception is logged with what it says", "[kernel]") {
    Machine machine;
    machine.kernel().spawn(call_and_do_not_catch(throw_runtime_error), {.name = "clumsy"});
    machine.kernel().run();
    CHECK(machine.record.has("1 threw \"bug in the handler\""));
    REQUIRE(!machine.kernel().log().recent().empty());
    CHECK(machine.kernel().log().recent().back().ends_with(
        "warning: task 1 (clumsy) ended by an exception: bug in the handler"));
}

Coroutine<> join_and_fail(Story& story, WaitQueue& queue, bool by_exception) {
    try {
        co_yield Try{[&](Task& self) -> std::optional<Outcome> {
            queue.join(self.waiter());
            if (by_exception) {
                throw std::runtime_error("after joining");
            }
            return Outcome(std::errc::io_error);
        }};
    } catch (const std::exception&) {
        story.emplace_back("failed");
    }
    CHECK(queue.empty());
    co_yield Sleep{std::chrono::seconds(1)};
    story.emplace_back("slept");
}

TEST_CASE("a call that fails has left the queue that it had joined", "[kernel]") {
    for (const bool by_exception : {false, true}) {
        Machine machine;
        WaitQueue queue;
        Story story;
        machine.run(join_and_fail(story, queue, by_exception));
        CHECK(story == Story{"failed", "slept"});
    }
}

Coroutine<> wait_then_fail(Story& story, WaitQueue& queue) {
    bool woken = false;
    try {
        co_yield Try{[&](Task& self) -> std::optional<Outcome> {
            if (!std::exchange(woken, true)) {
                queue.join(self.waiter());
                return Outcome(Outcome::Kind::blocked);
            }
            return Outcome(std::errc::io_error);
        }};
    } catch (const std::system_error&) {
        story.emplace_back("the first failed");
    }
}

Coroutine<> wait_then_succeed(Story& story, WaitQueue& queue) {
    co_yield Try{[&](Task& self) -> std::optional<Outcome> {
        if (self.waiter().waits_in(queue)) {
            return std::nullopt;
        }
        queue.join(self.waiter());
        return Outcome(Outcome::Kind::blocked);
    }};
    story.emplace_back("the second was served");
}

Coroutine<> wake_one_of(WaitQueue& queue) {
    co_yield Sleep{std::chrono::seconds(1)};
    queue.wake_one();
}

TEST_CASE("a woken call that fails passes its wake-up on", "[kernel]") {
    Machine machine;
    WaitQueue queue;
    Story story;
    machine.kernel().spawn(wait_then_fail(story, queue));
    machine.kernel().spawn(wait_then_succeed(story, queue));
    machine.kernel().spawn(wake_one_of(queue));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"the first failed", "the second was served"});
}

}  // namespace
}  // namespace yos
