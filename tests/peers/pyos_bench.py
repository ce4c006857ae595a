"""The rows by a kernel in the manner of the course: generators, a queue of tasks, system calls that
are yielded, and a trampoline for subroutines (pyos8, without its input and output)."""

import types
from collections import deque

import measure


class Task:
    last_tid = 0

    def __init__(self, target):
        Task.last_tid += 1
        self.tid = Task.last_tid
        self.target = target
        self.sendval = None
        self.stack = []

    def run(self):
        """To the next trap; StopIteration when the task has ended."""
        while True:
            try:
                result = self.target.send(self.sendval)
                if isinstance(result, SystemCall):
                    return result
                if isinstance(result, types.GeneratorType):
                    self.stack.append(self.target)
                    self.sendval = None
                    self.target = result
                else:
                    if not self.stack:
                        return None
                    self.sendval = result
                    self.target = self.stack.pop()
            except StopIteration:
                if not self.stack:
                    raise
                self.sendval = None
                self.target = self.stack.pop()


class SystemCall:
    def handle(self, kernel, task):
        raise NotImplementedError


class Kernel:
    def __init__(self):
        self.ready = deque()
        self.tasks = {}
        self.waiting_for_exit = {}

    def new(self, target):
        task = Task(target)
        self.tasks[task.tid] = task
        self.ready.append(task)
        return task.tid

    def exit(self, task):
        del self.tasks[task.tid]
        for waiter in self.waiting_for_exit.pop(task.tid, ()):
            self.ready.append(waiter)

    def run(self):
        while self.ready:
            task = self.ready.popleft()
            try:
                result = task.run()
                if isinstance(result, SystemCall):
                    result.handle(self, task)
                    continue
            except StopIteration:
                self.exit(task)
                continue
            self.ready.append(task)


class NewTask(SystemCall):
    def __init__(self, target):
        self.target = target

    def handle(self, kernel, task):
        task.sendval = kernel.new(self.target)
        kernel.ready.append(task)


class WaitTask(SystemCall):
    def __init__(self, tid):
        self.tid = tid

    def handle(self, kernel, task):
        task.sendval = self.tid in kernel.tasks
        if task.sendval:
            kernel.waiting_for_exit.setdefault(self.tid, []).append(task)
        else:
            kernel.ready.append(task)


class Park(SystemCall):
    """Waits for an event that does not happen."""

    parked = []

    def handle(self, kernel, task):
        self.parked.append(task)


def run(*targets):
    kernel = Kernel()
    for target in targets:
        kernel.new(target)
    kernel.run()


def yields(tasks):
    total = 300_000

    def task():
        for _ in range(total // tasks):
            yield

    return measure.ns_each(total, lambda: run(*(task() for _ in range(tasks))))


def calls():
    times = 300_000

    def successor(number):
        yield number + 1

    def task():
        number = 0
        for _ in range(times):
            number = yield successor(number)

    return measure.ns_each(times, lambda: run(task()))


def recursion():
    levels, times = 1_000, 200

    def depth(level):
        below = 0 if level == 0 else (yield depth(level - 1))
        yield below + 1

    def task():
        for _ in range(times):
            yield depth(levels)

    return measure.ns_each(levels * times, lambda: run(task()))


def nothing():
    return
    yield  # what makes it a generator


def spawns():
    batch, batches = 1_000, 100

    def task():
        for _ in range(batches):
            for _ in range(batch):
                yield NewTask(nothing())
            yield

    return measure.ns_each(batch * batches, lambda: run(task()))


def joins():
    times = 100_000

    def task():
        for _ in range(times):
            child = yield NewTask(nothing())
            yield WaitTask(child)

    return measure.ns_each(times, lambda: run(task()))


def parked_memory():
    tasks = 200_000

    def task():
        yield Park()

    before = measure.resident_bytes()
    run(*(task() for _ in range(tasks)))
    return (measure.resident_bytes() - before) / tasks


if __name__ == "__main__":
    measure.main({
        "yield-2": ("ns", lambda: yields(2)),
        "yield-10000": ("ns", lambda: yields(10_000)),
        "call": ("ns", calls),
        "recursion": ("ns", recursion),
        "spawn": ("ns", spawns),
        "join": ("ns", joins),
        "parked-memory": ("bytes", parked_memory),
    })
