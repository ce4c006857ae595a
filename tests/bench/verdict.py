"""Medians, ratios, and whether a target was met: or whether the machine was too noisy to tell."""

import math
import statistics
from dataclasses import dataclass
from typing import Dict, List, Optional

from rows import Row, Target

MET = "met"
MISSED = "missed"
NOISY = "too noisy to tell"
NOT_MEASURED = "not measured"

UNKNOWN_SPREAD = 0.05  # what a single sample may be off by

# What stands among the samples, but is nobody else's runtime.
NOT_PEERS = {"yos", "yos uring", "yos memory", "raw", "raw uring", "raw multishot", "raw memory",
             "unobserved", "alone", "yos idle", "raw idle"}

Samples = Dict[str, List[float]]  # by contender, one per round; NaN where there is none


@dataclass(frozen=True)
class Judgement:
    target: Target
    reference: Optional[str]  # the contender compared with
    ratio: Optional[float]
    verdict: str


def median(values: List[float]) -> Optional[float]:
    values = [value for value in values if not math.isnan(value)]
    return statistics.median(values) if values else None


def with_peers_measured_once(row: Row, samples: Samples) -> Samples:
    """Adds the peers that are not installed: Asio's samples times their ratio to Asio."""
    estimated = {
        f"~{peer}": [sample * figure / row.once["asio"] for sample in samples["asio"]]
        for peer, figure in row.once.items()
        if peer != "asio" and "asio" in samples
    }
    return {**samples, **estimated}


def best_peer_of(samples: Samples) -> Optional[str]:
    """The peer with the lowest median."""
    medians = {name: median(values) for name, values in samples.items() if name not in NOT_PEERS}
    measured = {name: value for name, value in medians.items() if value is not None}
    return min(measured, key=measured.get) if measured else None


def ratios(ours: List[float], theirs: List[float]) -> List[float]:
    """Round by round: what disturbs a round disturbs both."""
    return [our / their for our, their in zip(ours, theirs)
            if not math.isnan(our) and not math.isnan(their) and their > 0]


def verdict_on(samples: List[float], at_most: float) -> str:
    """Met or missed only when the middle half of the samples says so with one voice."""
    if not samples:
        return NOT_MEASURED
    if len(samples) == 1:
        low, high = samples[0] * (1 - UNKNOWN_SPREAD), samples[0] * (1 + UNKNOWN_SPREAD)
    else:
        low, _, high = statistics.quantiles(samples, n=4, method="inclusive")
    if high <= at_most:
        return MET
    return MISSED if low > at_most else NOISY


def judge(row: Row, target: Target, samples: Samples) -> Judgement:
    """Needs the samples with the peers that were measured once."""
    ours = [sample for sample in samples.get(row.ours, []) if not math.isnan(sample)]
    if target.against == "nothing":
        return Judgement(target, None, median(ours), verdict_on(ours, target.at_most))
    names = {"limit": row.limit, "best peer": best_peer_of(samples)}
    reference = names.get(target.against, target.against)
    compared = ratios(samples.get(row.ours, []), samples.get(reference, []))
    return Judgement(target, reference, median(compared), verdict_on(compared, target.at_most))


def overall(judgements: List[Judgement]) -> str:
    """The worst of all; nothing when nothing was asked for."""
    for verdict in (NOT_MEASURED, MISSED, NOISY, MET):
        if any(judgement.verdict == verdict for judgement in judgements):
            return verdict
    return ""
