// That generators are Python's: the cases of generator_cases.py once more, and what CPython says of
// each. A difference that is meant: one that is dropped unwinds as a scope does, and hears of no
// GeneratorExit.

#include "tests/tasks/generator_cases.h"

namespace yos {
namespace {

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

void close_again() {
    Driver driver(stubborn());
    driver.next();
    driver.close();
    driver.close();
    driver.close();
}

void throw_after_close() {
    for (const int steps : {0, 1, 2}) {
        Driver driver(counting(1));
        for (int i = 0; i < steps; ++i) {
            driver.next();
        }
        driver.close();
        driver.fail("a");
        driver.fail("b");
        driver.throw_exit();
        driver.close();
    }
}

void send_after_the_end() {
    for (const bool fails : {false, true}) {
        Driver driver(fails ? failing(0) : counting(0));
        driver.next();
        driver.send(5);
        driver.send(std::nullopt);
        driver.close();
    }
}

void throw_exit_before_the_start() {
    Driver driver(catching("it"));
    driver.throw_exit();
    driver.next();
}

void exit_by_itself() {
    Driver driver(exiting());
    for (int i = 0; i < 3; ++i) {
        driver.next();
    }
}

void throw_stop() {
    for (const auto make :
         {+[] { return counting(9); }, +[] { return catching("it"); }, giving_in}) {
        Driver driver(make());
        driver.next();
        driver.throw_stop();
        driver.next();
    }
}

void throw_stop_where_no_yield_is() {
    Driver driver(counting(0));
    driver.next();
    driver.throw_stop();
}

void throw_answered_by_another_failure() {
    Driver driver(replacing());
    driver.next();
    driver.fail("a");
    driver.next();
}

void finally_when_closed() {
    for (const std::string& how : ways_to_finish) {
        Driver driver(finishing(how));
        driver.next();
        driver.close();
        driver.next();
    }
}

void finally_after_a_failure() {
    for (const std::string& how : ways_to_finish) {
        Driver driver(finishing(how));
        driver.next();
        driver.fail("a");
        driver.next();
    }
}

void finally_at_the_end() {
    for (const std::string& how : ways_to_finish) {
        Driver driver(finishing(how));
        for (int i = 0; i < 3; ++i) {
            driver.next();
        }
    }
}

void already_executing() {
    for (const auto& step : all_steps) {
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

TEST_CASE("generators do what CPython's do, case by case", "[generator]") {
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
        CASE(close_again),
        CASE(throw_after_close),
        CASE(send_after_the_end),
        CASE(throw_exit_before_the_start),
        CASE(exit_by_itself),
        CASE(throw_stop),
        CASE(throw_stop_where_no_yield_is),
        CASE(throw_answered_by_another_failure),
        CASE(finally_when_closed),
        CASE(finally_after_a_failure),
        CASE(finally_at_the_end),
        CASE(already_executing),
        CASE(iteration),
        CASE(iteration_and_a_failure),
        CASE(dropped),
    };
    compare_with_python("generator_cases.py", cases);
}

}  // namespace
}  // namespace yos
