"""Plain shapes as lines, stamps as pictures, and the line round a region, for still pictures."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kith.maps.nouns import Shape

Point = tuple[float, float]
Line = list[Point]
STAMPS = frozenset({"heart", "star", "sun", "cloud", "drop"})
_HEAD = 0.04  # how long the wings of an arrow are
_LEAST = 6.0


def lines_of(shape: Shape) -> list[Line]:
    """The lines of a plain shape on the paper; a stamp has none."""
    a, b = (shape.x, shape.y), (shape.x2, shape.y2)
    if shape.what == "ring":
        return [_ring(a, b)]
    if shape.what == "box":
        return [[a, (b[0], a[1]), b, (a[0], b[1]), a]]
    if shape.what == "line":
        return [[a, b]]
    return [[a, b], _wings(a, b)] if shape.what == "arrow" else []


def stamp_of(shape: Shape, side: float) -> dict[str, Any]:
    """A stamp: which picture, and where and how large it is on a paper of this side."""
    across, down = (
        max(abs(far - near) * side, _LEAST) / 100
        for near, far in ((shape.x, shape.x2), (shape.y, shape.y2))
    )
    x, y = (shape.x + shape.x2) / 2 * side, (shape.y + shape.y2) / 2 * side
    place = f"translate({x:.1f} {y:.1f}) scale({across:.3f} {down:.3f})"
    return {"what": shape.what, "pen": shape.colour, "place": place}


def edge_of(points: Sequence[Point], side: float) -> str:
    """The line round a region as a path: it bends at every place and closes by itself."""
    spots = [(x * side, y * side) for x, y in points]
    pairs = [*pairwise(spots), (spots[-1], spots[0])]
    halves = [f"{(ax + bx) / 2:.1f} {(ay + by) / 2:.1f}" for (ax, ay), (bx, by) in pairs]
    turned = zip((*spots[1:], spots[0]), (*halves[1:], halves[0]), strict=True)
    return f"M{halves[0]}{''.join(f'Q{x:.1f} {y:.1f} {half}' for (x, y), half in turned)}Z"


def _ring(a: Point, b: Point) -> Line:
    x, y, wide, high = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (b[0] - a[0]) / 2, (b[1] - a[1]) / 2
    turns = (2 * math.pi * step / 48 for step in range(49))
    return [(x + wide * math.cos(turn), y + high * math.sin(turn)) for turn in turns]


def _wings(a: Point, b: Point) -> Line:
    turn = math.atan2(b[1] - a[1], b[0] - a[0])
    left, right = (
        (b[0] - _HEAD * math.cos(turn + lean), b[1] - _HEAD * math.sin(turn + lean))
        for lean in (0.5, -0.5)
    )
    return [left, b, right]
