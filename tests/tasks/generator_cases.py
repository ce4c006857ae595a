"""What CPython's generators do, case by case.

The same cases, of the same names and in the same order, are in generator_cases_test.cpp, which
compares what both say. A generator that is dropped hears of it in CPython, but not in yos: so the
cases close those that would tell.
"""

from generator_driver import Driver, in_words, run, say

# ---- The generators ----


def counting(times):
    for i in range(times):
        yield i


def returning(value):
    yield 1
    return value


def echo():
    sent = None
    while True:
        sent = yield sent if sent is not None else -1
        say(f"got {sent}")
        if sent == 99:
            return sent


def catching(name):
    """Goes on after a failure; tells of GeneratorExit, and lets it through."""
    while True:
        try:
            sent = yield 1
            say(f"{name} got {sent}")
        except ValueError as error:
            say(f"{name} caught {error}")
        except GeneratorExit:
            say(f"{name} hears GeneratorExit")
            raise


def giving_in():
    """Returns when a failure comes, or its end."""
    try:
        yield 1
    except (ValueError, GeneratorExit):
        say("gives in")
    return 7


def stubborn():
    """Ignores one GeneratorExit."""
    try:
        yield 1
    except GeneratorExit:
        say("ignores GeneratorExit")
    yield 2
    say("goes on")


def failing_at_end():
    try:
        yield 1
    except GeneratorExit:
        say("fails")
        raise ValueError("at the end")


def failing(after):
    for i in range(after):
        yield i
    raise ValueError("by itself")


def raising_stop():
    yield 1
    next(iter([]))


def finishing(how):
    """Has a `finally` that fails, returns or yields."""
    try:
        yield 1
    finally:
        say("finally")
        if how == "fails":
            raise ValueError("in finally")
        if how == "returns":
            return 7
        if how == "yields":
            yield 2
            say("finally again")


def replacing():
    """Makes another failure of one."""
    try:
        yield 1
    except ValueError as error:
        raise ValueError(f"instead of {error}")


def exiting():
    """Raises by itself what close() would raise in it."""
    yield 1
    raise GeneratorExit


def guarded(name):
    """Tells of its end, however it comes."""
    try:
        yield 1
        yield 2
    finally:
        say(f"{name} is gone")


def driving_itself(step):
    yield 1
    step()
    yield 2


# ---- The cases ----


def values_and_their_end():
    driver = Driver(counting(2))
    for _ in range(4):
        driver.next()


def the_result_comes_once():
    driver = Driver(returning(42))
    for _ in range(3):
        driver.next()


def send():
    driver = Driver(echo())
    driver.next()
    driver.send(5)
    driver.next()
    driver.send(99)
    driver.send(6)


def send_too_early():
    driver = Driver(echo())
    driver.send(5)
    driver.send(None)
    driver.send(6)


def throw_caught():
    driver = Driver(catching("it"))
    driver.next()
    driver.throw("a")
    driver.send(3)
    driver.throw("b")
    driver.close()


def throw_not_caught():
    driver = Driver(counting(9))
    driver.next()
    driver.throw("a")
    driver.next()


def throw_answered_by_return():
    driver = Driver(giving_in())
    driver.next()
    driver.throw("a")


def throw_before_the_start():
    driver = Driver(catching("it"))
    driver.throw("a")
    driver.next()


def throw_after_the_end():
    driver = Driver(counting(0))
    driver.next()
    driver.throw("a")
    driver.next()


def a_failure_of_its_own():
    driver = Driver(failing(1))
    for _ in range(3):
        driver.next()


def close():
    driver = Driver(catching("it"))
    driver.next()
    driver.close()
    driver.next()
    driver.close()


def close_before_the_start():
    driver = Driver(guarded("it"))
    driver.close()
    driver.next()


def close_answered_by_return():
    driver = Driver(giving_in())
    driver.next()
    driver.close()
    driver.next()


def close_ignored():
    driver = Driver(stubborn())
    driver.next()
    driver.close()
    driver.next()


def close_answered_by_failure():
    driver = Driver(failing_at_end())
    driver.next()
    driver.close()
    driver.next()


def throw_exit():
    for generator in [catching("it"), giving_in(), stubborn(), failing_at_end()]:
        driver = Driver(generator)
        driver.next()
        driver.throw_exit()


def stop_iteration_is_no_end():
    driver = Driver(raising_stop())
    driver.next()
    driver.next()
    driver.next()


def close_again():
    driver = Driver(stubborn())
    driver.next()
    driver.close()
    driver.close()
    driver.close()


def throw_after_close():
    for steps in [0, 1, 2]:
        driver = Driver(counting(1))
        for _ in range(steps):
            driver.next()
        driver.close()
        driver.throw("a")
        driver.throw("b")
        driver.throw_exit()
        driver.close()


def send_after_the_end():
    for generator in [counting(0), failing(0)]:
        driver = Driver(generator)
        driver.next()
        driver.send(5)
        driver.send(None)
        driver.close()


def throw_exit_before_the_start():
    driver = Driver(catching("it"))
    driver.throw_exit()
    driver.next()


def exit_by_itself():
    driver = Driver(exiting())
    for _ in range(3):
        driver.next()


def throw_stop():
    for generator in [counting(9), catching("it"), giving_in()]:
        driver = Driver(generator)
        driver.next()
        driver.throw_stop()
        driver.next()


def throw_stop_where_no_yield_is():
    driver = Driver(counting(0))
    driver.next()
    driver.throw_stop()


def throw_answered_by_another_failure():
    driver = Driver(replacing())
    driver.next()
    driver.throw("a")
    driver.next()


def finally_when_closed():
    for how in ["ends", "fails", "returns", "yields"]:
        driver = Driver(finishing(how))
        driver.next()
        driver.close()
        driver.next()


def finally_after_a_failure():
    for how in ["ends", "fails", "returns", "yields"]:
        driver = Driver(finishing(how))
        driver.next()
        driver.throw("a")
        driver.next()


def finally_at_the_end():
    for how in ["ends", "fails", "returns", "yields"]:
        driver = Driver(finishing(how))
        for _ in range(3):
            driver.next()


def already_executing():
    for step in ["next", "throw", "close", "send"]:
        driver = Driver(None)
        arguments = {"throw": ["a"], "send": [1]}.get(step, [])
        driver.generator = driving_itself(lambda: getattr(driver, step)(*arguments))
        driver.next()
        driver.next()
        driver.next()


def iteration():
    generator = counting(6)
    for i in generator:
        say(f"value {i}")
        if i == 2:
            break
    Driver(generator).next()
    for i in generator:
        say(f"value {i}")
    for i in generator:
        say(f"never {i}")


def iteration_and_a_failure():
    try:
        for i in failing(2):
            say(f"value {i}")
    except ValueError as error:
        say(in_words(error))


def dropped():
    generator = guarded("it")
    next(generator)
    del generator
    never_started = guarded("other")
    del never_started


if __name__ == "__main__":
    run([
        values_and_their_end,
        the_result_comes_once,
        send,
        send_too_early,
        throw_caught,
        throw_not_caught,
        throw_answered_by_return,
        throw_before_the_start,
        throw_after_the_end,
        a_failure_of_its_own,
        close,
        close_before_the_start,
        close_answered_by_return,
        close_ignored,
        close_answered_by_failure,
        throw_exit,
        stop_iteration_is_no_end,
        close_again,
        throw_after_close,
        send_after_the_end,
        throw_exit_before_the_start,
        exit_by_itself,
        throw_stop,
        throw_stop_where_no_yield_is,
        throw_answered_by_another_failure,
        finally_when_closed,
        finally_after_a_failure,
        finally_at_the_end,
        already_executing,
        iteration,
        iteration_and_a_failure,
        dropped,
    ])
