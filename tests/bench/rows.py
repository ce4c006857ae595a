"""The rows of the bench, and what yos has to reach in each of them."""

from dataclasses import dataclass, field, replace
from typing import Dict, List, Optional


@dataclass(frozen=True)
class Target:
    """What yos's figure may be at most: so many times that of `against`, or the figure itself."""

    against: str  # a contender, or "limit", "best peer", "nothing"
    at_most: float

    def __str__(self) -> str:
        figure = f"{self.at_most:g}"
        return figure if self.against == "nothing" else f"{figure} x {self.against}"


def limit(at_most: float) -> Target:
    return Target("limit", at_most)


def best_peer(at_most: float) -> Target:
    return Target("best peer", at_most)


def absolute(at_most: float) -> Target:
    return Target("nothing", at_most)


def alone(at_most: float) -> Target:
    """Against the same work of yos's own without the crowd."""
    return Target("alone", at_most)


@dataclass(frozen=True)
class Row:
    name: str  # of the benchmark too, in all the programs
    work: str  # with {idle} where the number of idle connections goes
    unit: str
    targets: List[Target] = field(default_factory=list)

    # Peers that Debian does not package, measured once, together with Asio: their ratio to Asio
    # stands for them.
    once: Dict[str, float] = field(default_factory=dict)

    alone: Optional[str] = None  # the benchmark of the same work without the crowd
    samples_of: Optional[str] = None  # the row that has measured this one too
    ours: str = "yos"  # the contender that is judged
    limit: str = "raw"  # the contender that is the limit
    connections: int = 0  # of a row that is about a server
    load: str = "lockstep"  # or "closed", "idle", "calls", "hello"
    slow: bool = False  # takes seconds, and so gets fewer rounds

    @property
    def group(self) -> str:
        return self.samples_of or self.name

    def beside(self, idle: int) -> "Row":
        """The row, named for so many idle connections."""
        return replace(self, work=self.work.format(idle=f"{idle:,}"))


# What is wanted of yos is a part of what the best peer takes in the same run.
ROWS = [
    Row("yield-2", "yield, 2 tasks", "ns", [best_peer(0.43)],
        once={"asio": 122, "libcoro": 26, "photon": 28}),
    Row("yield-10000", "yield, 10,000 tasks", "ns", [best_peer(0.82)],
        once={"asio": 134, "libcoro": 14, "photon": 16}),
    Row("call", "subroutine call and return", "ns", [best_peer(0.7)],
        once={"asio": 20, "libcoro": 17, "cppcoro": 16}),
    Row("recursion", "recursion 1,000 deep, per level", "ns", [limit(1.3)],
        once={"asio": 54, "libcoro": 20}),
    Row("spawn", "spawn and exit, by thousands", "ns", [best_peer(0.4)],
        once={"asio": 353, "libcoro": 62, "photon": 71}),
    Row("join", "spawn and join", "ns", [best_peer(0.37)],
        once={"asio": 357, "libcoro": 1482, "photon": 190}),
    Row("parked-memory", "memory of a parked task", "bytes", [absolute(184), best_peer(1)],
        once={"asio": 896, "libcoro": 248}, slow=True),
    Row("sleep-memory", "memory of a sleeping task", "bytes", [absolute(240), best_peer(0.52)],
        once={"asio": 1105, "libcoro": 488}, slow=True),
    Row("channel-ping-pong", "channel, ping-pong, per message", "ns", [best_peer(0.57)],
        once={"asio": 193, "libcoro": 53, "photon": 106}),
    Row("channel-1024", "channel of 1,024, per message", "ns", [best_peer(1)],
        once={"asio": 193, "libcoro": 108, "photon": 43}),
    Row("sleeps-1m", "1 M sleeps over 2 s, processor time", "s", [best_peer(0.52)],
        once={"asio": 3.3, "libcoro": 3.7}, slow=True),

    Row("observers", "yield, nobody observing; limit: nobody can", "ns", [limit(1.02)],
        limit="unobserved"),

    # Time of the server's threads on the processor, per request of 64 bytes over loopback.
    Row("echo-50", "echo, 50 connections", "ns", [best_peer(0.93)],
        once={"asio": 5928, "libcoro": 7682, "photon": 6246}, connections=50),
    Row("echo-50-uring", "echo, 50 connections, io_uring", "ns", [best_peer(0.93)],
        once={"asio": 5928, "photon": 4482},
        samples_of="echo-50", ours="yos uring", limit="raw uring", connections=50),
    Row("echo-1000", "echo, 1,000 connections", "ns", [best_peer(0.93)],
        once={"asio": 7620, "libcoro": 9759, "photon": 8204}, connections=1000),
    Row("echo-1000-uring", "echo, 1,000 connections, io_uring", "ns", [best_peer(0.8)],
        once={"asio": 7620, "photon": 6910},
        samples_of="echo-1000", ours="yos uring", limit="raw uring", connections=1000),
    Row("echo-closed", "echo, 50 connections, load on the other core", "ns",
        connections=50, load="closed", slow=True),
    Row("echo-calls", "echo, 50 connections, host calls each", "calls",
        once={"asio": 2.05, "libcoro": 5.04, "photon": 4.06},
        connections=50, load="calls", slow=True),
    Row("echo-calls-uring", "echo, 50 connections, host calls, io_uring", "calls",
        once={"asio": 2.05, "photon": 0.05},
        samples_of="echo-calls", ours="yos uring", limit="raw uring",
        connections=50, load="calls", slow=True),

    # The same of HTTP servers, per request for a page that says hello.
    Row("http-50", "HTTP, 50 connections", "ns", [Target("nginx", 0.8)],
        connections=50, load="hello"),
    Row("http-50-uring", "HTTP, 50 connections, io_uring", "ns",
        [Target("nginx", 0.65)],
        samples_of="http-50", ours="yos uring", connections=50, load="hello"),

    # What is there but does nothing must not cost anything.
    Row("yield-1m-blocked", "yield beside 1 M blocked tasks", "ns", [alone(1.1)],
        alone="yield-alone", slow=True),
    Row("yield-1m-timers", "yield beside 1 M sleeping tasks", "ns", [alone(1.1)],
        alone="yield-alone", slow=True),
    Row("call-1m-blocked", "call beside 1 M blocked tasks", "ns", [alone(1.1)],
        alone="call-alone", slow=True),
    Row("call-1m-timers", "call beside 1 M sleeping tasks", "ns", [alone(1.1)],
        alone="call-alone", slow=True),
    Row("sleep-1m-blocked", "sleep beside 1 M blocked tasks", "ns", [alone(1.1)],
        alone="sleep-alone", slow=True),
    Row("sleep-1m-timers", "sleep beside 1 M sleeping tasks", "ns", [alone(1.1)],
        alone="sleep-alone", slow=True),
    Row("echo-idle", "echo beside {idle} idle connections", "ns", [alone(1.1)],
        connections=50, load="idle", slow=True),
    Row("idle-memory", "memory of each of {idle} idle connections", "bytes", [absolute(1024)],
        samples_of="echo-idle", ours="yos memory", limit="raw memory",
        connections=50, load="idle", slow=True),
    Row("tasks-10m", "10 M tasks spawned, parked, reaped, each", "ns", [alone(1.1)],
        alone="tasks-1m", slow=True),
]
