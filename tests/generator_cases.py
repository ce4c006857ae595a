"""What CPython's generators do, case by case.

The same cases, of the same names and in the same order, are in generator_cases_test.cpp, which
compares what both say. A generator that is dropped hears of it in CPython, but not in yos: so the
cases close those that would tell.
"""


def say(text):
    print("  " + text)


def in_words(error):
    if isinstance(error, StopIteration):
        return f"StopIteration {error.value}"
    if isinstance(error, ValueError) and str(error) != "generator already executing":
        return f"failure {error}"
    return f"{type(error).__name__} {error}".rstrip()


class Driver:
    """Drives a generator, and says what comes of it."""

    def __init__(self, generator):
        self.generator = generator

    def tell(self, step, *arguments):
        what = " ".join([step.__name__] + [str(argument) for argument in arguments])
        try:
            result = step(*arguments)
            say(f"{what}: {'done' if step.__name__ == 'close' else result}")
        except BaseException as error:
            say(f"{what} raised {in_words(error)}")

    def next(self):
        def next():
            return self.generator.__next__()

        self.tell(next)

    def send(self, value):
        self.tell(self.generator.send, value)

    def throw(self, text):
        def throw(text):
            return self.generator.throw(ValueError(text))

        self.tell(throw, text)

    def throw_exit(self):
        def throw_exit():
            return self.generator.throw(GeneratorExit())

        self.tell(throw_exit)

    def close(self):
        def close():
            self.generator.close()

        self.tell(close)


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


def guarded(name):
    """Tells of its end, however it comes."""
    try:
        yield 1
        yield 2
    finally:
        say(f"{name} is gone")


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


def dropped_while_delegating():
    generator = passing_on(guarded("it"))
    next(generator)
    del generator


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


CASES = [
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
    already_executing,
    iteration,
    iteration_and_a_failure,
    dropped,
    dropped_while_delegating,
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
]

if __name__ == "__main__":
    for case in CASES:
        print(case.__name__)
        case()
