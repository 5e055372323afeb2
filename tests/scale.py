"""How many: few enough to wait for in `make test`, all of them in `make faults`."""

import os
from typing import Any

import pytest

FULL = bool(os.environ.get("KITH_FAULTS"))
"""Whether `make faults` asked for the full size."""


def shares(few: int, full: int, each: int) -> list[Any]:
    """The numbers below `many(few, full)`, in shares of `each`, to be a test's parameters.

    A share is a test of its own: those that are done stay done, and `-k` goes on with the others.
    """
    most = many(few, full)
    cuts = [range(start, min(start + each, most)) for start in range(0, most, each)]
    return [pytest.param(share, id=f"{share[0]}-{share[-1]}") for share in cuts]


def many(few: int, full: int) -> int:
    """`few` in `make test`, `full` in `make faults`. Mark the test `faults`."""
    return full if FULL else few
