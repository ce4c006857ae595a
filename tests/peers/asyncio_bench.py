"""The rows by asyncio. A million sleeps at once take it half a minute: it does without that row."""

import asyncio
import sys

import measure


def run(main, operations):
    return measure.ns_each(operations, lambda: asyncio.run(main))


async def gather(*tasks):
    await asyncio.gather(*tasks)


async def yielding(times):
    for _ in range(times):
        await asyncio.sleep(0)


def yields(tasks):
    total = 100_000
    return run(gather(*(yielding(total // tasks) for _ in range(tasks))), total)


async def successor(number):
    return number + 1


async def calling(times):
    number = 0
    for _ in range(times):
        number = await successor(number)


async def depth(level):
    return 0 if level == 0 else 1 + await depth(level - 1)


async def recursing(levels, times):
    sys.setrecursionlimit(10 * levels)
    for _ in range(times):
        await depth(levels)


async def nothing():
    pass


async def spawning(batch, batches):
    for _ in range(batches):
        tasks = [asyncio.create_task(nothing()) for _ in range(batch)]
        await asyncio.sleep(0)
        del tasks


async def joining(times):
    for _ in range(times):
        await asyncio.create_task(nothing())


async def ping(there, back, times):
    for number in range(times):
        await there.put(number)
        await back.get()


async def pong(there, back, times):
    for _ in range(times):
        await back.put(await there.get())


async def ping_pong(times):
    there, back = asyncio.Queue(1), asyncio.Queue(1)
    await asyncio.gather(ping(there, back, times), pong(there, back, times))


async def sending(queue, messages):
    for number in range(messages):
        await queue.put(number)


async def receiving(queue, messages):
    for _ in range(messages):
        await queue.get()


async def buffered(messages):
    queue = asyncio.Queue(1_024)
    await asyncio.gather(sending(queue, messages), receiving(queue, messages))


async def weighing(make, count):
    before = measure.resident_bytes()
    tasks = [asyncio.create_task(make()) for _ in range(count)]
    await asyncio.sleep(0)
    figure = (measure.resident_bytes() - before) / count
    for task in tasks:
        task.cancel()
    return figure


async def parked_memory():
    return await weighing(asyncio.Event().wait, 50_000)


async def sleep_memory():
    return await weighing(lambda: asyncio.sleep(3_600), 50_000)


if __name__ == "__main__":
    measure.main({
        "yield-2": ("ns", lambda: yields(2)),
        "yield-10000": ("ns", lambda: yields(10_000)),
        "call": ("ns", lambda: run(calling(500_000), 500_000)),
        "recursion": ("ns", lambda: run(recursing(1_000, 300), 300_000)),
        "spawn": ("ns", lambda: run(spawning(1_000, 50), 50_000)),
        "join": ("ns", lambda: run(joining(30_000), 30_000)),
        "channel-ping-pong": ("ns", lambda: run(ping_pong(20_000), 40_000)),
        "channel-1024": ("ns", lambda: run(buffered(100_000), 100_000)),
        "parked-memory": ("bytes", lambda: asyncio.run(parked_memory())),
        "sleep-memory": ("bytes", lambda: asyncio.run(sleep_memory())),
    })
