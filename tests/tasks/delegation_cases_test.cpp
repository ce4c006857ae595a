// That generators delegate as Python's do: the cases of delegation_cases.py once more, and what
// CPython says of each.

#include "tests/tasks/generator_cases.h"

namespace yos {
namespace {

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

void delegation_one_after_another() {
    Driver driver(adding(returning(20), returning(22)));
    for (int i = 0; i < 4; ++i) {
        driver.next();
    }
}

void delegation_to_one_that_has_just_been_made() {
    Driver driver(delegating_when_told(echo()));
    driver.next();
    driver.send(5);
    driver.send(6);
    driver.send(99);
}

void delegation_sends_none_to_begin_with() {
    Driver driver(delegating(echo()));
    driver.send(5);
    driver.send(std::nullopt);
    driver.send(6);
    driver.close();
}

void delegation_throw_answered_by_another_failure() {
    Driver driver(delegating(replacing()));
    driver.next();
    driver.fail("a");
    driver.next();
}

void delegation_failures_stop_at_the_first_who_catches() {
    Driver driver(delegating(delegating(passing_on(failing(1)))));
    for (int i = 0; i < 5; ++i) {
        driver.next();
    }
}

void delegation_throw_after_it() {
    Driver driver(delegating(counting(0)));
    driver.next();
    driver.fail("a");
    driver.next();
}

void delegation_throw_stop() {
    for (const auto make : {+[] { return counting(9); }, giving_in}) {
        Driver driver(delegating(make()));
        driver.next();
        driver.throw_stop();
        driver.next();
    }
}

void delegation_throw_before_the_start() {
    Driver driver(delegating(guarded("inner")));
    driver.fail("a");
    driver.next();
}

void delegation_close_before_the_start() {
    Driver driver(delegating(guarded("inner")));
    driver.close();
    driver.next();
}

void delegation_and_finally() {
    for (const std::string& how : ways_to_finish) {
        Driver failed(delegating(passing_on(finishing(how))));
        failed.next();
        failed.fail("a");
        failed.next();
        Driver closed(delegating(passing_on(finishing(how))));
        closed.next();
        closed.close();
        closed.next();
    }
}

void delegation_close_again() {
    Driver driver(finishing_after(finishing("yields")));
    driver.next();
    driver.close();
    driver.next();
    driver.close();
}

void delegation_and_exit_by_itself() {
    Driver driver(delegating(exiting()));
    for (int i = 0; i < 3; ++i) {
        driver.next();
    }
}

void delegation_to_itself() {
    std::optional<Driver> driver;
    driver.emplace(delegating_later([&]() -> Numbers& { return driver->generator(); }));
    for (int i = 0; i < 3; ++i) {
        driver->next();
    }
}

void delegation_already_executing() {
    for (const auto& step : all_steps) {
        std::optional<Driver> driver;
        driver.emplace(passing_on(driving_itself([&] { step(*driver); })));
        for (int i = 0; i < 3; ++i) {
            driver->next();
        }
    }
}

void dropped_while_delegating() {
    passing_on(guarded("it")).next();
}

TEST_CASE("delegation does what CPython's does, case by case", "[generator]") {
    const std::vector<Case> cases = {
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
        CASE(delegation_one_after_another),
        CASE(delegation_to_one_that_has_just_been_made),
        CASE(delegation_sends_none_to_begin_with),
        CASE(delegation_throw_answered_by_another_failure),
        CASE(delegation_failures_stop_at_the_first_who_catches),
        CASE(delegation_throw_after_it),
        CASE(delegation_throw_stop),
        CASE(delegation_throw_before_the_start),
        CASE(delegation_close_before_the_start),
        CASE(delegation_and_finally),
        CASE(delegation_close_again),
        CASE(delegation_and_exit_by_itself),
        CASE(delegation_to_itself),
        CASE(delegation_already_executing),
        CASE(dropped_while_delegating),
    };
    compare_with_python("delegation_cases.py", cases);
}

}  // namespace
}  // namespace yos
