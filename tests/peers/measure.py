"""What the Python programs of the bench share: `PROGRAM --list`, and `PROGRAM ROW`, which prints
the row's figure as a line of JSON. Times are the processor's."""

import json
import os
import sys
import time
from typing import Callable, Dict, Tuple


def ns_each(operations: int, work: Callable[[], object]) -> float:
    before = time.process_time_ns()
    work()
    return (time.process_time_ns() - before) / operations


def resident_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def main(rows: Dict[str, Tuple[str, Callable[[], float]]]) -> None:
    """`rows` has, by name, the unit and a function that tells the figure."""
    if sys.argv[1:] == ["--list"]:
        print("\n".join(rows))
        return
    name = sys.argv[1]
    unit, figure = rows[name]
    print(json.dumps({"row": name, unit: figure()}))
