"""How the cases drive generators, and say what happens."""


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

    def throw_stop(self):
        def throw_stop():
            return self.generator.throw(StopIteration())

        self.tell(throw_stop)

    def close(self):
        def close():
            self.generator.close()

        self.tell(close)


def run(cases):
    for case in cases:
        print(case.__name__)
        case()
