"""The table that the bench prints, and the same as JSON."""

import json
import math
import os
import platform
from dataclasses import asdict, dataclass
from typing import Dict, List, Optional

from rows import ROWS, Row
from verdict import (NOT_PEERS, Judgement, Samples, best_peer_of, judge, median, overall, ratios,
                     with_peers_measured_once)


class Result:
    """A row, and what was found."""

    def __init__(self, row: Row, samples: Samples) -> None:
        idle = [count for name, counts in samples.items() if name.endswith(" idle")
                for count in counts if not math.isnan(count)]
        self.row = row.beside(int(min(idle, default=0)))
        if all(target.against != "alone" for target in row.targets):
            samples = {name: values for name, values in samples.items() if name != "alone"}
        self.samples = with_peers_measured_once(row, samples)
        self.judgements: List[Judgement] = [
            judge(row, target, self.samples) for target in row.targets]
        self.verdict = overall(self.judgements)
        self.best_peer = best_peer_of(self.samples)

    def median_of(self, contender: str) -> Optional[float]:
        return median(self.samples.get(contender, []))

    def peers(self) -> Dict[str, float]:
        medians = {name: self.median_of(name) for name in self.samples if name not in NOT_PEERS}
        return {name: value for name, value in medians.items() if value is not None}

    def ratio_to(self, contender: Optional[str]) -> Optional[float]:
        return median(ratios(self.samples.get(self.row.ours, []),
                             self.samples.get(contender or "", [])))


def figure(value: Optional[float]) -> str:
    """Three digits that count."""
    if value is None:
        return ""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


@dataclass(frozen=True)
class Table:
    heads: List[str]
    lines: List[List[str]]

    def __str__(self) -> str:
        table = [self.heads, *self.lines]
        widths = [max(len(line[i]) for line in table) for i in range(len(self.heads))]
        words = {0, len(self.heads) - 1, len(self.heads) - 2}  # the columns that are no figures

        def laid_out(line: List[str]) -> str:
            cells = [cell.ljust(width) if i in words else cell.rjust(width)
                     for i, (cell, width) in enumerate(zip(line, widths))]
            return "  ".join(cells).rstrip()

        rule = "  ".join("-" * width for width in widths)
        return "\n".join([laid_out(self.heads), rule, *map(laid_out, self.lines)])


def table_of(results: List[Result]) -> Table:
    found = {name for result in results for name in result.peers()}
    peers = sorted(found, key=lambda name: (name.startswith("~"), name))  # measured here come first
    heads = ["work", "", "yos", "limit", "alone", *peers, "x limit", "x best", "x alone",
             "target: at most", "reached"]
    lines = []
    for result in results:
        row = result.row
        lines.append([
            row.work, row.unit,
            *(figure(result.median_of(name)) for name in (row.ours, row.limit, "alone", *peers)),
            *(figure(result.ratio_to(name)) for name in (row.limit, result.best_peer, "alone")),
            ", ".join(map(str, row.targets)), result.verdict])
    filled = [i for i in range(len(heads)) if i < 3 or any(line[i] for line in lines)]
    return Table([heads[i] for i in filled], [[line[i] for i in filled] for line in lines])


def processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        names = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
    return names[0] if names else platform.machine()


def remarks(notes: List[str], left_out: Dict[str, str]) -> str:
    """What has to be known about a table: who is not in it, and why, and what else went wrong."""
    lines = [f"left out: {name}: {why}" for name, why in left_out.items()]
    lines += [f"note: {note}" for note in notes]
    return "".join(f"{line}\n" for line in lines)


def as_json(results: List[Result], notes: List[str], left_out: Dict[str, str]) -> str:
    document = {
        "machine": {"processor": processor(), "cores": os.cpu_count(),
                    "kernel": platform.release()},
        "notes": notes,
        "left_out": left_out,
        "rows": [
            {
                "name": result.row.name,
                "work": result.row.work,
                "unit": result.row.unit,
                "yos": result.row.ours,
                "limit": result.row.limit,
                "best_peer": result.best_peer,
                "medians": {name: result.median_of(name) for name in result.samples},
                "samples": {name: [None if math.isnan(value) else value for value in values]
                            for name, values in result.samples.items()},
                "targets": [asdict(judgement) for judgement in result.judgements],
                "reached": result.verdict,
            }
            for result in results
        ],
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def results_in(document: Dict[str, object]) -> List[Result]:
    """The results that as_json wrote, judged by the targets that there are now."""
    rows = {row.name: row for row in ROWS}
    return [Result(rows[kept["name"]],
                   {name: [math.nan if value is None else value for value in values]
                    for name, values in kept["samples"].items() if not name.startswith("~")})
            for kept in document["rows"] if kept["name"] in rows]
