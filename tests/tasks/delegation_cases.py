"""What CPython's generators do that delegate to others, case by case.

The same cases, of the same names and in the same order, are in delegation_cases_test.cpp. See
generator_cases.py.
"""

from generator_cases import (
    catching,
    counting,
    driving_itself,
    echo,
    exiting,
    failing,
    failing_at_end,
    finishing,
    giving_in,
    guarded,
    raising_stop,
    replacing,
    returning,
    stubborn,
)
from generator_driver import Driver, in_words, run, say

# ---- The generators ----


def delegating(inner):
    """Tells what comes of another one."""
    say("before")
    try:
        result = yield from inner
        say(f"result {result}")
    except (ValueError, RuntimeError) as error:
        say(f"outer caught {in_words(error)}")
    except GeneratorExit:
        say("outer hears GeneratorExit")
        raise
    yield 100
    say("after")
    return 200


def passing_on(inner):
    return (yield from inner)


def cleaning_up(inner):
    """Delegates to another one when its end comes."""
    try:
        yield 1
    except GeneratorExit:
        yield from inner
        say("cleaned up")
        raise


def adding(one, another):
    return (yield from one) + (yield from another)


def delegating_when_told(inner):
    """Is sent something before it delegates."""
    sent = yield 1
    say(f"outer got {sent}")
    return (yield from inner)


def finishing_after(inner):
    """Delegates, and delegates to another one at its end."""
    try:
        yield from inner
    finally:
        yield from counting(1)


def delegating_later(inner):
    yield 1
    yield from inner()


# ---- The cases ----


def delegation():
    driver = Driver(delegating(returning(42)))
    for _ in range(4):
        driver.next()


def delegation_passes_sends():
    driver = Driver(delegating(echo()))
    driver.next()
    driver.send(5)
    driver.next()
    driver.send(99)


def delegation_passes_throws():
    driver = Driver(delegating(catching("inner")))
    driver.next()
    driver.throw("a")
    driver.send(3)
    driver.close()


def delegation_and_a_failure():
    driver = Driver(delegating(failing(1)))
    for _ in range(3):
        driver.next()
    driver = Driver(delegating(counting(5)))
    driver.next()
    driver.throw("thrown in")


def delegation_throw_answered_by_return():
    driver = Driver(delegating(giving_in()))
    driver.next()
    driver.throw("a")


def delegation_and_stop_iteration():
    driver = Driver(delegating(raising_stop()))
    driver.next()
    driver.next()


def delegation_close():
    for inner in [catching("inner"), giving_in(), stubborn(), failing_at_end()]:
        driver = Driver(delegating(inner))
        driver.next()
        driver.close()
        driver.next()


def delegation_close_ignored_far_inside():
    driver = Driver(delegating(passing_on(passing_on(stubborn()))))
    driver.next()
    driver.close()


def delegation_throw_exit():
    for inner in [catching("inner"), giving_in(), stubborn(), failing_at_end()]:
        driver = Driver(delegating(inner))
        driver.next()
        driver.throw_exit()
        driver.next()


def delegation_while_closing():
    driver = Driver(cleaning_up(counting(0)))
    driver.next()
    driver.close()
    driver = Driver(delegating(cleaning_up(counting(1))))
    driver.next()
    driver.close()


def delegation_to_one_that_has_begun():
    inner = echo()
    Driver(inner).next()
    Driver(inner).send(1)
    driver = Driver(delegating(inner))
    driver.next()
    driver.send(2)
    driver.close()


def delegation_to_a_chain_that_has_begun():
    inner = passing_on(passing_on(catching("inner")))
    Driver(inner).next()
    driver = Driver(delegating(passing_on(inner)))
    driver.next()
    driver.send(4)
    driver.throw("a")
    driver.close()


def delegation_to_one_that_has_ended():
    inner = counting(0)
    Driver(inner).next()
    driver = Driver(delegating(inner))
    driver.next()


def delegation_in_depth():
    generator = returning(42)
    for _ in range(100):
        generator = passing_on(generator)
    driver = Driver(generator)
    driver.next()
    driver.next()
    generator = failing(1)
    for _ in range(100):
        generator = passing_on(generator)
    driver = Driver(generator)
    driver.next()
    driver.next()


def delegation_one_after_another():
    driver = Driver(adding(returning(20), returning(22)))
    for _ in range(4):
        driver.next()


def delegation_to_one_that_has_just_been_made():
    driver = Driver(delegating_when_told(echo()))
    driver.next()
    driver.send(5)
    driver.send(6)
    driver.send(99)


def delegation_sends_none_to_begin_with():
    driver = Driver(delegating(echo()))
    driver.send(5)
    driver.send(None)
    driver.send(6)
    driver.close()


def delegation_throw_answered_by_another_failure():
    driver = Driver(delegating(replacing()))
    driver.next()
    driver.throw("a")
    driver.next()


def delegation_failures_stop_at_the_first_who_catches():
    driver = Driver(delegating(delegating(passing_on(failing(1)))))
    for _ in range(5):
        driver.next()


def delegation_throw_after_it():
    driver = Driver(delegating(counting(0)))
    driver.next()
    driver.throw("a")
    driver.next()


def delegation_throw_stop():
    for inner in [counting(9), giving_in()]:
        driver = Driver(delegating(inner))
        driver.next()
        driver.throw_stop()
        driver.next()


def delegation_throw_before_the_start():
    driver = Driver(delegating(guarded("inner")))
    driver.throw("a")
    driver.next()


def delegation_close_before_the_start():
    driver = Driver(delegating(guarded("inner")))
    driver.close()
    driver.next()


def delegation_and_finally():
    for how in ["ends", "fails", "returns", "yields"]:
        driver = Driver(delegating(passing_on(finishing(how))))
        driver.next()
        driver.throw("a")
        driver.next()
        driver = Driver(delegating(passing_on(finishing(how))))
        driver.next()
        driver.close()
        driver.next()


def delegation_close_again():
    driver = Driver(finishing_after(finishing("yields")))
    driver.next()
    driver.close()
    driver.next()
    driver.close()


def delegation_and_exit_by_itself():
    driver = Driver(delegating(exiting()))
    for _ in range(3):
        driver.next()


def delegation_to_itself():
    driver = Driver(None)
    driver.generator = delegating_later(lambda: driver.generator)
    driver.next()
    driver.next()
    driver.next()


def delegation_already_executing():
    for step in ["next", "throw", "close", "send"]:
        driver = Driver(None)
        arguments = {"throw": ["a"], "send": [1]}.get(step, [])
        inner = driving_itself(lambda: getattr(driver, step)(*arguments))
        driver.generator = passing_on(inner)
        driver.next()
        driver.next()
        driver.next()


def dropped_while_delegating():
    generator = passing_on(guarded("it"))
    next(generator)
    del generator


if __name__ == "__main__":
    run([
        delegation,
        delegation_passes_sends,
        delegation_passes_throws,
        delegation_and_a_failure,
        delegation_throw_answered_by_return,
        delegation_and_stop_iteration,
        delegation_close,
        delegation_close_ignored_far_inside,
        delegation_throw_exit,
        delegation_while_closing,
        delegation_to_one_that_has_begun,
        delegation_to_a_chain_that_has_begun,
        delegation_to_one_that_has_ended,
        delegation_in_depth,
        delegation_one_after_another,
        delegation_to_one_that_has_just_been_made,
        delegation_sends_none_to_begin_with,
        delegation_throw_answered_by_another_failure,
        delegation_failures_stop_at_the_first_who_catches,
        delegation_throw_after_it,
        delegation_throw_stop,
        delegation_throw_before_the_start,
        delegation_close_before_the_start,
        delegation_and_finally,
        delegation_close_again,
        delegation_and_exit_by_itself,
        delegation_to_itself,
        delegation_already_executing,
        dropped_while_delegating,
    ])
