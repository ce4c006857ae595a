#!/usr/bin/env python3
"""Runs yos and its peers in turn, pinned to one core, and says which targets were met.

Every row is measured in rounds. In each round everybody does the row's work once, one after the
other, so that what slows the machine down for a while slows all of them down. What is compared are
the medians of the ratios within the rounds.
"""

import argparse
import math
import os
import resource
import sys
from typing import Dict, List

import contenders
import report
from contenders import Failure
from rows import ROWS, Row
from verdict import Samples

WANTED_IDLE = 100_000
SPARE_DESCRIPTORS = 1_500  # for what the load and the servers have open besides


def raise_descriptor_limit(wanted: int) -> int:
    """Tells how many descriptors each program that is started from now on may have: as many as are
    wanted, or else as many as the host allows. Root may go beyond the hard limit."""
    with open("/proc/sys/fs/nr_open", encoding="utf-8") as file:
        most = int(file.read())
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = most
    for limit in (max(hard, min(wanted, most)), hard):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
            return limit
        except (OSError, ValueError):
            pass
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


class Bench:
    def __init__(self, build: str, quick: bool, other_core: int) -> None:
        self.quick = quick
        self.other_core = other_core  # for a load that must not take the server's time
        self.notes: List[str] = []
        self.left_out: Dict[str, str] = {}
        limit = raise_descriptor_limit(WANTED_IDLE + SPARE_DESCRIPTORS)
        self.idle = min(WANTED_IDLE, limit - SPARE_DESCRIPTORS)
        self.programs = contenders.programs(build, self.leave_out)
        self.servers = contenders.servers(build, self.leave_out)
        self.web_servers = contenders.web_servers(build, self.leave_out)
        self.load = os.path.join(build, "tests", "bench", "echo_load")

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def leave_out(self, name: str, why: str) -> None:
        self.left_out[name] = why
        print(f"bench: without {name}: {why}", file=sys.stderr)

    def rounds(self, row: Row) -> int:
        if self.quick:
            return 1 if row.slow else 3
        return 3 if row.slow else 5

    def measure(self, row: Row) -> Samples:
        """Everybody's samples of a row."""
        samples: Samples = {}
        for number in range(self.rounds(row)):
            found = self.echo_round(row) if row.connections else self.round(row)
            for name, value in found.items():
                samples.setdefault(name, [math.nan] * number).append(value)
            for values in samples.values():
                values.extend([math.nan] * (number + 1 - len(values)))
        return samples

    def round(self, row: Row) -> Dict[str, float]:
        seconds = 0.05 if self.quick else 0.2
        found = {}
        for name, program in self.programs.items():
            if not program.measures(row.name):
                continue
            try:
                if row.alone:
                    found["alone"] = program.measure(row.alone, row.unit, seconds)
                found[name] = program.measure(row.name, row.unit, seconds)
            except (Failure, KeyError, ValueError) as failure:
                self.note(f"{name} failed in {row.name}: {failure}")
        return found

    def echo_round(self, row: Row) -> Dict[str, float]:
        seconds = 0.25 if self.quick else 0.75
        found = {}
        servers = self.web_servers if row.load == "hello" else self.servers
        for name, server in servers.items():
            if row.load == "idle" and name not in ("yos", "raw"):
                continue
            try:
                with server:
                    found.update(self.echo(row, name, server, seconds))
            except (Failure, OSError, KeyError, ValueError) as failure:
                self.note(f"{name} failed in {row.name}: {failure}")
        return found

    def echo(self, row: Row, name: str, server: contenders.Server,
             seconds: float) -> Dict[str, float]:
        if row.load == "calls":
            return {name: server.host_calls(self.load, row, seconds)}
        if row.load == "idle":
            found = server.load(self.load, row, seconds, self.idle)
            if found["idle"] < WANTED_IDLE:
                why = found["why"] or "the limit of descriptors allows no more"
                self.note(f"{row.name} of {name}: {found['idle']:,} idle connections instead of "
                          f"{WANTED_IDLE:,}: {why}")
            alone = {"alone": found["ns"]} if name == "yos" else {}
            return {name: found["ns_beside_idle"], f"{name} memory": found["bytes_per_idle"],
                    f"{name} idle": found["idle"], **alone}
        core = self.other_core if row.load == "closed" else None
        return {name: server.load(self.load, row, seconds, core=core)["ns"]}

    def run(self, rows: List[Row]) -> List[report.Result]:
        samples: Dict[str, Samples] = {}
        results = []
        for row in rows:
            if row.group not in samples:
                print(f"bench: {row.beside(self.idle).work} ...", file=sys.stderr)
                measured = next(other for other in ROWS if other.name == row.group)
                samples[row.group] = self.measure(measured)
            if row.ours in samples[row.group]:
                results.append(report.Result(row, samples[row.group]))
            else:
                self.note(f"no figure of {row.ours} in {row.name}")
        return results


def pin(core: int) -> int:
    """This process and those it starts: on one core, and not interrupting each other. Tells another
    core, if there is one."""
    others = os.sched_getaffinity(0) - {core}
    os.sched_setaffinity(0, {core})
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    return min(others, default=core)


def parse() -> argparse.Namespace:
    names = [row.name for row in ROWS]
    parser = argparse.ArgumentParser(prog="./check --bench", description=__doc__.splitlines()[0],
                                     epilog="The rows: " + ", ".join(names))
    parser.add_argument("--only", metavar="ROW", choices=names, help="measure this row only")
    parser.add_argument("--quick", action="store_true",
                        help="fewer and shorter rounds, and only rows that have a target")
    parser.add_argument("--core", type=int, default=0, help="the core to run on (0)")
    parser.add_argument("--json", metavar="FILE", help="where all samples and verdicts go")
    parser.add_argument("--svg", metavar="FILE", help="where the chart goes")
    parser.add_argument("--build", metavar="DIRECTORY", help=argparse.SUPPRESS)
    options = parser.parse_args()
    # Those of a whole run are kept in the tree, and shown in the README.
    whole = options.only is None and not options.quick
    directory = os.path.dirname(os.path.abspath(__file__)) if whole else options.build or ""
    options.json = options.json or os.path.join(directory, "results.json")
    options.svg = options.svg or os.path.join(directory, "results.svg")
    return options


def chosen(options: argparse.Namespace) -> List[Row]:
    if options.only:
        return [row for row in ROWS if row.name == options.only]
    return [row for row in ROWS if row.targets or not options.quick]


def write(options: argparse.Namespace, results: List[report.Result], bench: Bench) -> None:
    try:
        import chart
        chart.draw(results, list(bench.left_out), options.svg)
    except ImportError:
        bench.note("no chart: matplotlib is missing")
    with open(options.json, "w", encoding="utf-8") as file:
        file.write(report.as_json(results, bench.notes, bench.left_out))


def main() -> int:
    options = parse()
    if options.build is None:
        return 0  # all that was wanted was to know whether the arguments are right
    other_core = pin(options.core)
    bench = Bench(options.build, options.quick, other_core)
    results = bench.run(chosen(options))
    print(report.table_of(results))
    write(options, results, bench)
    print(report.remarks(bench.notes, bench.left_out), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
