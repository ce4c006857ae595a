"""What the chart shows: for each row, a panel of bars and the lines of its targets."""

import textwrap
from dataclasses import dataclass
from typing import List, Optional

from report import Result, figure
from verdict import Judgement

# What a bar is; the chart has a colour for each.
OURS = "yos"
ALONE = "yos alone"
LIMIT = "limit"
PEER = "peer"

TITLE_COLUMNS = 42
CUT = 3  # a bar is cut that is so many times longer than ours and the best peer's


@dataclass(frozen=True)
class Bar:
    kind: str
    name: str
    value: float

    @property
    def label(self) -> str:
        return f"{self.name}  {figure(self.value)}"


@dataclass(frozen=True)
class Panel:
    title: List[str]  # lines
    bars: List[Bar]  # ours is the first
    targets: List[float]
    reach: float  # the value at the right edge

    def length_of(self, value: float) -> float:
        """How long a bar of this value is: 1 is the whole width. More than that if it is cut."""
        return value / self.reach


def name_of_peer(name: str) -> str:
    return name[1:] + "*" if name.startswith("~") else name


def bars_of(result: Result) -> List[Bar]:
    row = result.row
    limit = "raw limit" if row.limit.startswith("raw") else row.limit
    peers = sorted(result.peers().items(), key=lambda peer: peer[1])
    bars = [(OURS, "yos", result.median_of(row.ours)),
            (ALONE, "alone", result.median_of("alone")),
            (LIMIT, limit, result.median_of(row.limit)),
            *((PEER, name_of_peer(name), value) for name, value in peers)]
    return [Bar(kind, name, value) for kind, name, value in bars if value is not None]


def target_of(result: Result, judgement: Judgement) -> Optional[float]:
    """What ours may be at most; nothing if what it depends on was not measured."""
    if judgement.target.against == "nothing":
        return judgement.target.at_most
    reference = result.median_of(judgement.reference or "")
    return reference and reference * judgement.target.at_most


def panel_of(result: Result) -> Panel:
    bars = bars_of(result)
    found = [target_of(result, judgement) for judgement in result.judgements]
    targets = [target for target in found if target]
    peers = [bar.value for bar in bars if bar.kind == PEER]
    near = [*(bar.value for bar in bars if bar.kind != PEER), *peers[:1]]
    reach = max([min(CUT * max(near), max(bar.value for bar in bars)), *near, *targets])
    title = textwrap.wrap(f"{result.row.work}, {result.row.unit}", TITLE_COLUMNS)
    return Panel(title, bars, targets, reach or 1)
