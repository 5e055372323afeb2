"""How fast Kith is: each `bench_*.py` here measures one thing and hands back rows."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """One figure: what was measured, how much of what unit, and what one must know to read it."""

    name: str
    value: float
    unit: str
    note: str = ""


def seconds(act: Callable[[], object], times: int) -> list[float]:
    """How long `act` takes, each of `times` times; the first, unmeasured one warms up."""
    act()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return taken


def p95(taken: list[float]) -> float:
    """What 95 of 100 stay under (needs at least two)."""
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]
