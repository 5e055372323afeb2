"""What lies under a map where its drawer chose it: rings, parts, a background.

None of it means anything unless the drawer says so in words; nothing is worked out from it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kith.maps.nouns import Helps

SIDE = 600
_MIDDLE = SIDE / 2
_EDGE = 288  # how far the widest ring reaches


@dataclass(frozen=True, slots=True)
class Under:
    """The background, rings as how far they reach, rays as paths, and names where they stand."""

    background: str
    rings: Sequence[float]
    rays: Sequence[str]
    names: Sequence[dict[str, Any]]


def under(helps: Helps) -> Under | None:
    """What to draw under a map; None for bare paper."""
    if helps == Helps(near=helps.near):
        return None
    reaches = [round(_EDGE * (at + 1) / helps.rings, 1) for at in range(helps.rings)]
    turns = [2 * math.pi * at / helps.sectors for at in range(helps.sectors)]
    rays = [f"M{_MIDDLE:.0f} {_MIDDLE:.0f}L{_at(turn, SIDE)}" for turn in turns]
    rings = zip(helps.ring_names, reaches, strict=False)
    parts = zip(helps.sector_names, turns, strict=False)
    names = [
        *({"text": name, "x": _MIDDLE, "y": _MIDDLE - reach + 20} for name, reach in rings if name),
        *(_part(name, turn + math.pi / helps.sectors) for name, turn in parts if name),
    ]
    return Under(helps.background, reaches, rays, names)


def _part(name: str, turn: float) -> dict[str, Any]:
    x, y = _at(turn, _EDGE * 0.84).split()
    return {"text": name, "x": float(x), "y": float(y)}


def _at(turn: float, far: float) -> str:
    return f"{_MIDDLE + far * math.sin(turn):.1f} {_MIDDLE - far * math.cos(turn):.1f}"
