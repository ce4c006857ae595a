// That generators are Python's: the cases of generator_cases.py once more, and what CPython says of
// each. A difference that is meant: one that is dropped unwinds as a scope does, and hears of no
// GeneratorExit.

#include "tasks/generator.h"
#include "tests/catch.h"

#include <array>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace yos {
namespace {

using Lines = std::vector<std::string>;
using Value = std::optional<int>;
using Numbers = Generator<int, Value, Value>;

Lines* said = nullptr;  // by the case that is running

void say(const std::string& text) {
    said->push_back(text);
}

std::string in_words(Value value) {
    return value ? std::to_string(*value) : "None";
}

struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The name that Python has for what is thrown.
std::string in_words(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const Failure& failure) {
        return std::string("failure ") + failure.what();
    } catch (const StopIteration<Value>& stop) {
        return "StopIteration " + in_words(stop.value());
    } catch (const StopIteration<>&) {
        return "StopIteration None";
    } catch (const GeneratorExit&) {
        return "GeneratorExit";
    } catch (const SentTooEarly&) {
        return "TypeError can't send non-None value to a just-started generator";
    } catch (const AlreadyExecuting& error) {
        return std::string("ValueError ") + error.what();
    } catch (const GeneratorError& error) {
        return std::string("RuntimeError ") + error.what();
    }
}

/// Drives a generator, and says what comes of it.
class Driver {
public:
    explicit Driver(Numbers generator) : generator_(std::move(generator)) {}

    void next() {
        tell("next", [this] { return generator_.next(); });
    }
    void send(Value value) {
        tell("send " + in_words(value), [&] { return generator_.send(value); });
    }
    void fail(const std::string& text) {
        tell("throw " + text, [&] { return generator_.throw_in(Failure(text)); });
    }
    void throw_exit() {
        tell("throw_exit", [this] { return generator_.throw_in(GeneratorExit()); });
    }
    void close() {
        tell("close", [this] {
            generator_.close();
            return "done";
        });
    }

    Numbers take() && { return std::move(generator_); }

private:
    static std::string in_words(Value value) { return yos::in_words(value); }
    static std::string in_words(const char* text) { return text; }

    template <class Step>
    static void tell(const std::string& what, Step step) {
        try {
            say(what + ": " + in_words(step()));
        } catch (...) {
            say(what + " raised " + yos::in_words(std::current_exception()));
        }
    }

    Numbers generator_;
};

// ---- The generators ----

Numbers counting(int times) {
    for (int i = 0; i < times; ++i) {
        co_yield i;
    }
    co_return std::nullopt;
}

Numbers returning(int value) {
    co_yield 1;
    co_return value;
}

Numbers echo() {
    Value sent;
    for (;;) {
        sent = co_yield sent.value_or(-1);
        say("got " + in_words(sent));
        if (sent == 99) {
            co_return sent;
        }
    }
}

Numbers catching(std::string name) {
    for (;;) {
        try {
            const Value sent = co_yield 1;
            say(name + " got " + in_words(sent));
        } catch (const Failure& failure) {
            say(name + " caught " + failure.what());
        } catch (const GeneratorExit&) {
            say(name + " hears GeneratorExit");
            throw;
        }
    }
}

Numbers giving_in() {
    try {
        co_yield 1;
    } catch (...) {
        say("gives in");
    }
    co_return 7;
}

Numbers stubborn() {
    try {
        co_yield 1;
    } catch (const GeneratorExit&) {
        say("ignores GeneratorExit");
    }
    co_yield 2;
    say("goes on");
    co_return std::nullopt;
}

Numbers failing_at_end() {
    try {
        co_yield 1;
    } catch (const GeneratorExit&) {
        say("fails");
        throw Failure("at the end");
    }
    co_return std::nullopt;
}

Numbers failing(int after) {
    for (int i = 0; i < after; ++i) {
        co_yield i;
    }
    throw Failure("by itself");
}

Numbers raising_stop() {
    co_yield 1;
    counting(0).next();
    co_return std::nullopt;
}

Numbers guarded(std::string name) {
    struct Guard {
        ~Guard() { say(name + " is gone"); }
        const std::string& name;
    };
    const Guard guard{name};
    co_yield 1;
    co_yield 2;
    co_return std::nullopt;
}

Numbers delegating(Numbers inner) {
    say("before");
    try {
        const Value result = co_await std::move(inner);
        say("result " + in_words(result));
    } catch (const GeneratorExit&) {
        say("outer hears GeneratorExit");
        throw;
    } catch (...) {
        say("outer caught " + in_words(std::current_exception()));
    }
    co_yield 100;
    say("after");
    co_return 200;
}

Numbers passing_on(Numbers inner) {
    co_return co_await std::move(inner);
}

Numbers cleaning_up(Numbers inner) {
    std::exception_ptr exit;
    try {
        co_yield 1;
    } catch (const GeneratorExit&) {
        exit = std::current_exception();
    }
    if (exit) {
        co_await std::move(inner);
        say("cleaned up");
        std::rethrow_exception(exit);
    }
    co_return std::nullopt;
}

Numbers driving_itself(std::function<void()> step) {
    co_yield 1;
    step();
    co_yield 2;
    co_return std::nullopt;
}

// ---- The cases ----

void values_and_their_end() {
    Driver driver(counting(2));
    for (int i = 0; i < 4; ++i) {
        driver.next();
    }
}

void the_result_comes_once() {
    Driver driver(returning(42));
    for (int i = 0; i < 3; ++i) {
        driver.next();
    }
}

void send() {
    Driver driver(echo());
    driver.next();
    driver.send(5);
    driver.next();
    driver.send(99);
    driver.send(6);
}

void send_too_early() {
    Driver driver(echo());
    driver.send(5);
    driver.send(std::nullopt);
    driver.send(6);
}

void throw_caught() {
    Driver driver(catching("it"));
    driver.next();
    driver.fail("a");
    driver.send(3);
    driver.fail("b");
    driver.close();
}

void throw_not_caught() {
    Driver driver(counting(9));
    driver.next();
    driver.fail("a");
    driver.next();
}

void throw_answered_by_return() {
    Driver driver(giving_in());
    driver.next();
    driver.fail("a");
}

void throw_before_the_start() {
    Driver driver(catching("it"));
    driver.fail("a");
    driver.next();
}

void throw_after_the_end() {
    Driver driver(counting(0));
    driver.next();
    driver.fail("a");
    driver.next();
}

void a_failure_of_its_own() {
    Driver driver(failing(1));
    for (int i = 0; i < 3; ++i) {
        driver.next();
    }
}

void close() {
    Driver driver(catching("it"));
    driver.next();
    driver.close();
    driver.next();
    driver.close();
}

void close_before_the_start() {
    Driver driver(guarded("it"));
    driver.close();
    driver.next();
}

void close_answered_by_return() {
    Driver driver(giving_in());
    driver.next();
    driver.close();
    driver.next();
}

void close_ignored() {
    Driver driver(stubborn());
    driver.next();
    driver.close();
    driver.next();
}

void close_answered_by_failure() {
    Driver driver(failing_at_end());
    driver.next();
    driver.close();
    driver.next();
}

void throw_exit() {
    for (const auto make : {+[] { return catching("it"); }, giving_in, stubborn, failing_at_end}) {
        Driver driver(make());
        driver.next();
        driver.throw_exit();
    }
}

void stop_iteration_is_no_end() {
    Driver driver(raising_stop());
    driver.next();
    driver.next();
    driver.next();
}

void already_executing() {
    const std::vector<std::function<void(Driver&)>> steps = {
        [](Driver& driver) { driver.next(); },
        [](Driver& driver) { driver.fail("a"); },
        [](Driver& driver) { driver.close(); },
        [](Driver& driver) { driver.send(1); },
    };
    for (const auto& step : steps) {
        std::optional<Driver> driver;
        driver.emplace(driving_itself([&] { step(*driver); }));
        driver->next();
        driver->next();
        driver->next();
    }
}

void iteration() {
    Numbers generator = counting(6);
    for (const int i : generator) {
        say("value " + std::to_string(i));
        if (i == 2) {
            break;
        }
    }
    Driver driver(std::move(generator));
    driver.next();
    generator = std::move(driver).take();
    for (const int i : generator) {
        say("value " + std::to_string(i));
    }
    for (const int i : generator) {
        say("never " + std::to_string(i));
    }
}

void iteration_and_a_failure() {
    try {
        for (const int i : failing(2)) {
            say("value " + std::to_string(i));
        }
    } catch (const Failure&) {
        say(in_words(std::current_exception()));
    }
}

void dropped() {
    guarded("it").next();
    { const Numbers never_started = guarded("other"); }
}

void dropped_while_delegating() {
    passing_on(guarded("it")).next();
}

void delegation() {
    Driver driver(delegating(returning(42)));
    for (int i = 0; i < 4; ++i) {
        driver.next();
    }
}

void delegation_passes_sends() {
    Driver driver(delegating(echo()));
    driver.next();
    driver.send(5);
    driver.next();
    driver.send(99);
}

void delegation_passes_throws() {
    Driver driver(delegating(catching("inner")));
    driver.next();
    driver.fail("a");
    driver.send(3);
    driver.close();
}

void delegation_and_a_failure() {
    Driver failing_inside(delegating(failing(1)));
    for (int i = 0; i < 3; ++i) {
        failing_inside.next();
    }
    Driver driver(delegating(counting(5)));
    driver.next();
    driver.fail("thrown in");
}

void delegation_throw_answered_by_return() {
    Driver driver(delegating(giving_in()));
    driver.next();
    driver.fail("a");
}

void delegation_and_stop_iteration() {
    Driver driver(delegating(raising_stop()));
    driver.next();
    driver.next();
}

void delegation_close() {
    for (const auto make :
         {+[] { return catching("inner"); }, giving_in, stubborn, failing_at_end}) {
        Driver driver(delegating(make()));
        driver.next();
        driver.close();
        driver.next();
    }
}

void delegation_close_ignored_far_inside() {
    Driver driver(delegating(passing_on(passing_on(stubborn()))));
    driver.next();
    driver.close();
}

void delegation_throw_exit() {
    for (const auto make :
         {+[] { return catching("inner"); }, giving_in, stubborn, failing_at_end}) {
        Driver driver(delegating(make()));
        driver.next();
        driver.throw_exit();
        driver.next();
    }
}

void delegation_while_closing() {
    Driver returns(cleaning_up(counting(0)));
    returns.next();
    returns.close();
    Driver yields(delegating(cleaning_up(counting(1))));
    yields.next();
    yields.close();
}

void delegation_to_one_that_has_begun() {
    Driver inner(echo());
    inner.next();
    inner.send(1);
    Driver driver(delegating(std::move(inner).take()));
    driver.next();
    driver.send(2);
    driver.close();
}

void delegation_to_a_chain_that_has_begun() {
    Driver inner(passing_on(passing_on(catching("inner"))));
    inner.next();
    Driver driver(delegating(passing_on(std::move(inner).take())));
    driver.next();
    driver.send(4);
    driver.fail("a");
    driver.close();
}

void delegation_to_one_that_has_ended() {
    Driver inner(counting(0));
    inner.next();
    Driver driver(delegating(std::move(inner).take()));
    driver.next();
}

Numbers at_depth(int depth, Numbers innermost) {
    while (depth-- > 0) {
        innermost = passing_on(std::move(innermost));
    }
    return innermost;
}

void delegation_in_depth() {
    for (const bool fails : {false, true}) {
        Driver driver(at_depth(100, fails ? failing(1) : returning(42)));
        driver.next();
        driver.next();
    }
}

// ---- The comparison ----

struct Case {
    const char* name;
    void (*run)();
};

#define CASE(function)      \
    Case {                  \
#function, function \
    }
const std::vector<Case> cases = {
    CASE(values_and_their_end),
    CASE(the_result_comes_once),
    CASE(send),
    CASE(send_too_early),
    CASE(throw_caught),
    CASE(throw_not_caught),
    CASE(throw_answered_by_return),
    CASE(throw_before_the_start),
    CASE(throw_after_the_end),
    CASE(a_failure_of_its_own),
    CASE(close),
    CASE(close_before_the_start),
    CASE(close_answered_by_return),
    CASE(close_ignored),
    CASE(close_answered_by_failure),
    CASE(throw_exit),
    CASE(stop_iteration_is_no_end),
    CASE(already_executing),
    CASE(iteration),
    CASE(iteration_and_a_failure),
    CASE(dropped),
    CASE(dropped_while_delegating),
    CASE(delegation),
    CASE(delegation_passes_sends),
    CASE(delegation_passes_throws),
    CASE(delegation_and_a_failure),
    CASE(delegation_throw_answered_by_return),
    CASE(delegation_and_stop_iteration),
    CASE(delegation_close),
    CASE(delegation_close_ignored_far_inside),
    CASE(delegation_throw_exit),
    CASE(delegation_while_closing),
    CASE(delegation_to_one_that_has_begun),
    CASE(delegation_to_a_chain_that_has_begun),
    CASE(delegation_to_one_that_has_ended),
    CASE(delegation_in_depth),
};

/// What CPython says, by the name of the case; empty where there is no python3.
std::map<std::string, Lines> transcript_of_python() {
    std::map<std::string, Lines> transcript;
    const std::string command = "python3 '" YOS_SOURCE_DIR "/tests/generator_cases.py' 2>/dev/null";
    std::FILE* const python = ::popen(command.c_str(), "r");
    REQUIRE(python != nullptr);
    std::array<char, 256> line;
    std::string name;
    while (std::fgets(line.data(), line.size(), python) != nullptr) {
        std::string text = line.data();
        text.pop_back();
        if (text.starts_with("  ")) {
            transcript[name].push_back(text.substr(2));
        } else {
            name = text;
        }
    }
    ::pclose(python);
    return transcript;
}

TEST_CASE("generators do what CPython's do, case by case", "[generator]") {
    const std::map<std::string, Lines> expected = transcript_of_python();
    if (expected.empty()) {
        WARN("skipped: there is no python3 here");
        return;
    }
    CHECK(expected.size() == cases.size());
    for (const Case& each : cases) {
        Lines lines;
        said = &lines;
        each.run();
        said = nullptr;
        INFO(each.name);
        REQUIRE(expected.contains(each.name));
        CHECK(lines == expected.at(each.name));
    }
}

}  // namespace
}  // namespace yos
