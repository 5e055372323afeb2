"""Ego-network numbers: every measure the field uses, one row per ego.

    import kith
    results = kith.egonets.measure(egos, alters, ties, categories="sex", numbers="age")

Words are the field's: an ego named alters; ties run among alters (ego's own tie to each alter is
understood). A measure without a value is null, never 0 and never NaN; a count of nothing is 0.
"""

from importlib import import_module
from typing import Any

from kith.analysis.egonets.changes import change
from kith.analysis.egonets.generation import generate
from kith.analysis.egonets.groups import compare, summarise
from kith.analysis.egonets.measures import measure
from kith.analysis.egonets.standing import positions

__all__ = [
    "change",
    "compare",
    "generate",
    "measure",
    "overview",
    "plot",
    "positions",
    "summarise",
]


def __getattr__(name: str) -> Any:
    if name in ("plot", "overview"):  # altair is heavy: brought in when first asked for
        return getattr(import_module("kith.analysis.egonets.plots"), name)
    raise AttributeError(f"module 'kith.egonets' has no attribute {name!r}")
