#include "tasks/future.h"

#include "syscalls/wait_future.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/actors.h"

#include <memory>

namespace yos {
namespace {

TEST_CASE("a future has the result that was set", "[future]") {
    Future<std::string> future;
    CHECK(!future.done());
    future.set_result("late, but there");
    CHECK(future.done());
    CHECK(future.result() == "late, but there");
}

TEST_CASE("copies of a future are the same future", "[future]") {
    Future<int> future;
    const Future<int> copy = future;
    future.set_result(7);
    CHECK(copy.done());
    CHECK(copy.result() == 7);
}

TEST_CASE("the result of a future cannot be asked for too early", "[future]") {
    const Future<int> future;
    CHECK_THROWS_AS(future.result(), ResultNotSet);
    const Future<> nothing;
    CHECK_THROWS_AS(nothing.result(), ResultNotSet);
}

TEST_CASE("a future is set once", "[future]") {
    const auto exception = std::make_exception_ptr(std::runtime_error("x"));
    Future<int> future;
    SECTION("to a value") {
        future.set_result(1);
    }
    SECTION("to an exception") {
        future.set_exception(exception);
    }
    CHECK_THROWS_AS(future.set_result(2), ResultAlreadySet);
    CHECK_THROWS_AS(future.set_exception(exception), ResultAlreadySet);
}

TEST_CASE("a future throws the exception that was set, each time it is asked", "[future]") {
    Future<> future;
    future.set_exception(std::make_exception_ptr(std::runtime_error("no result")));
    CHECK(future.done());
    CHECK_THROWS_AS(future.result(), std::runtime_error);
    CHECK_THROWS_AS(future.result(), std::runtime_error);
}

TEST_CASE("a future calls back in the order of asking, and at once when it is done", "[future]") {
    Story story;
    Future<int> future;
    const auto tell = [&](const std::string& name) {
        return [&story, name](const Future<int>& done) {
            story.push_back(name + " " + std::to_string(done.result()));
        };
    };
    future.add_done_callback(tell("ann"));
    future.add_done_callback(tell("bob"));
    CHECK(story.empty());
    future.set_result(3);
    CHECK(story == Story{"ann 3", "bob 3"});
    future.add_done_callback(tell("late"));
    CHECK(story == Story{"ann 3", "bob 3", "late 3"});
}

TEST_CASE("a callback that throws keeps no other from being called", "[future]") {
    Story story;
    Future<> future;
    future.add_done_callback([](const Future<>&) { throw std::runtime_error("first"); });
    future.add_done_callback([&](const Future<>&) { story.emplace_back("called"); });
    CHECK_THROWS_AS(future.set_result(), std::runtime_error);
    CHECK(story == Story{"called"});
    CHECK(future.done());
}

TEST_CASE("a callback may drop the last copy of its future", "[future]") {
    auto future = std::make_unique<Future<int>>();
    int seen = 0;
    future->add_done_callback([&](const Future<int>&) { future.reset(); });
    future->add_done_callback([&](const Future<int>& done) { seen = done.result(); });
    Future<int>(*future).set_result(5);
    CHECK(seen == 5);
}

Coroutine<> wait(Story& story, std::string name, Future<std::string> future) {
    const Mortal frame(story, name);
    const std::string result = co_yield WaitFuture{future};
    story.push_back(name + " " + result);
}

Coroutine<> set_later(Future<std::string> future, std::string result) {
    co_yield Sleep{5ms};
    future.set_result(result);
}

Coroutine<> fail_later(Future<std::string> future) {
    co_yield Sleep{5ms};
    future.set_exception(
        std::make_exception_ptr(std::system_error(std::make_error_code(std::errc::io_error))));
}

TEST_CASE("all tasks that wait for a future get its result, in their order", "[future]") {
    Machine machine;
    Story story;
    const Future<std::string> future;
    machine.kernel().spawn(wait(story, "ann", future));
    machine.kernel().spawn(wait(story, "bob", future));
    machine.kernel().spawn(set_later(future, "came"));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann came", "ann gone", "bob came", "bob gone"});
    CHECK(machine.woken(1, 3));
}

TEST_CASE("a task does not wait for a future that is done", "[future]") {
    Machine machine;
    Story story;
    Future<std::string> future;
    future.set_result("there");
    machine.run(wait(story, "ann", future));
    CHECK(story == Story{"ann there", "ann gone"});
    CHECK(!machine.blocked(1, "WaitFuture()"));
}

TEST_CASE("who waits for a future gets the exception that is set", "[future]") {
    Machine machine;
    Story story;
    const Future<std::string> future;
    machine.kernel().spawn(tell_failure(story, "ann", wait(story, "ann", future)));
    machine.run(fail_later(future));
    CHECK(story == Story{"ann gone", "ann: Input/output error"});
}

TEST_CASE("a task can stop waiting for a future, and the others still hear of it", "[future]") {
    Machine machine;
    Story story;
    const Future<std::string> future;
    SECTION("killed") {
        const Tid ann = machine.kernel().spawn(wait(story, "ann", future));
        machine.kernel().spawn(wait(story, "bob", future));
        machine.kernel().spawn(kill(ann));
    }
    SECTION("timed out") {
        machine.kernel().spawn(
            tell_failure(story, "limit", with_timeout(1ms, wait(story, "ann", future))));
        machine.kernel().spawn(wait(story, "bob", future));
    }
    SECTION("cancelled") {
        const Tid ann = machine.kernel().spawn(wait(story, "ann", future));
        machine.kernel().spawn(wait(story, "bob", future));
        machine.kernel().spawn(cancel(ann));
    }
    machine.run(set_later(future, "came"));
    CHECK(story.front() == "ann gone");
    CHECK(story[story.size() - 2] == "bob came");
}

}  // namespace
}  // namespace yos
