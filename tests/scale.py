"""How many: few enough to wait for in `make test`, all of them in `make faults`."""

import os

FULL = bool(os.environ.get("KITH_FAULTS"))
"""Whether `make faults` asked for the full size."""


def many(few: int, full: int) -> int:
    """`few` in `make test`, `full` in `make faults`. Mark the test `faults`."""
    return full if FULL else few
