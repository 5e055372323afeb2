"""Regions and the figures in them: which a line goes round, and a line that goes round some."""

import math
from collections.abc import Iterable, Sequence

from kith.maps.drawing import REACH, SIDE
from kith.maps.nouns import Figure, Region
from kith.records.readings import Entry

_ROOM = 0.03
_STEPS = 12


def figures_in(region: Region, figures: Iterable[Entry[Figure]]) -> list[Entry[Figure]]:
    """The figures whose middle lies within a region."""
    return [one for one in figures if is_in((one.noun.x, one.noun.y), region)]


def is_in(place: tuple[float, float], region: Region) -> bool:
    """Whether a place on the paper lies within a region."""
    return _inside(place, region.points)


def line_round(figures: Sequence[Figure]) -> tuple[tuple[float, float], ...]:
    """A line round these figures, as a hand would lay it: the hull of what they reach."""
    edge = [point for figure in figures for point in _ring(figure)]
    return tuple((_share(x), _share(y)) for x, y in _hull(edge))


def _inside(place: tuple[float, float], points: Sequence[tuple[float, ...]]) -> bool:
    """Whether a line from the place to the right crosses the edge an odd number of times."""
    x, y = place
    inside = False
    for (ax, ay, *_a), (bx, by, *_b) in zip(points, (*points[1:], points[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def _ring(figure: Figure) -> list[tuple[float, float]]:
    reach = REACH[figure.size] / SIDE + _ROOM
    turns = (2 * math.pi * step / _STEPS for step in range(_STEPS))
    return [(figure.x + reach * math.cos(t), figure.y + reach * math.sin(t)) for t in turns]


def _hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The outermost of these points, all the way round."""
    upper = _side(sorted(points))
    lower = _side(sorted(points, reverse=True))
    return upper[:-1] + lower[:-1]


def _side(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)
