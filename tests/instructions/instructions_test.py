"""Counts the instructions of what happens millions of times a second, with valgrind's callgrind: the
counts repeat, so that here a handful of instructions shows which no clock could tell.

    instructions_test.py PROGRAM COMPILER VERSION

The limits hold for the compiler that they were counted with; others are given some room."""

import re
import subprocess
import sys

LIMITS = {  # of g++ 12, per operation
    "yield": 92,
    "trap": 32,
    "spawn": 365,
    "join": 915,
    "message": 115,
    "ping-pong": 390,
    "stream": 260,
    "kernel": 30_000,
}
ROOM = 1.25  # what another compiler may take
TIMES = 20_000


def instructions(program, what, times):
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, what,
         str(times)],
        capture_output=True, text=True)
    counted = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not counted:
        sys.exit(f"{program} {what} {times}: status {run.returncode}\n{run.stderr}")
    return int(counted.group(1))


def each(program, what):
    """What one operation takes: the start and the end of the program go out by a difference."""
    twice = instructions(program, what, 2 * TIMES)
    return (twice - instructions(program, what, TIMES)) / TIMES


def main():
    program, compiler, version = sys.argv[1:]
    room = 1 if compiler == "GNU" and version.startswith("12.") else ROOM
    failed = False
    for what, limit in LIMITS.items():
        taken = each(program, what)
        failed |= taken > limit * room
        print(f"{what:10} {taken:8.1f} of {limit * room:6.1f}{' TOO MANY' if taken > limit * room else ''}")
    sys.exit(failed)


main()
