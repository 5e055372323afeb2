"""Room on the paper: where something new fits, and how figures that lie on each other part.

Only what is asked for moves, and what already has room stays where its drawer put it. Nothing
here says what a place means.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from kith.base.problems import Invalid
from kith.maps.drawing import GAP, REACH, SIDE
from kith.maps.nouns import Figure

Place = tuple[float, float]
_STEP = 0.02
_STEPS = round(1 / _STEP)


def overlap(one: Figure, other: Figure) -> bool:
    """Whether two figures lie on each other."""
    return math.dist((one.x, one.y), (other.x, other.y)) < _reach(one) + _reach(other)


def apart(figures: Mapping[UUID, Figure]) -> dict[UUID, Figure]:
    """The figures that have to move so that none lies on another, each at the nearest free place.

    The larger ones are placed first, then in the order given, so that the same figures always
    part in the same way. Raises Invalid when the paper has no room for them.
    """
    crowded = [thing for thing, one in figures.items() if _touched(thing, figures)]
    placed = [one for thing, one in figures.items() if thing not in set(crowded)]
    moved: dict[UUID, Figure] = {}
    for thing in sorted(crowded, key=lambda thing: -REACH[figures[thing].size]):
        one = figures[thing]
        if any(overlap(one, other) for other in placed):
            moved[thing] = one = _moved(one, placed)
        placed.append(one)
    return moved


def free_place(figures: Iterable[Figure], like: Figure) -> Figure:
    """A new figure where it lies on no other, as near as can be to where it was meant to be.

    Where the paper is full it stays there.
    """
    there = list(figures)
    if not any(overlap(like, other) for other in there):
        return like
    try:
        return _moved(like, there)
    except Invalid:
        return like


def _touched(thing: UUID, figures: Mapping[UUID, Figure]) -> bool:
    one = figures[thing]
    return any(overlap(one, other) for at, other in figures.items() if at != thing)


def _moved(one: Figure, placed: Sequence[Figure]) -> Figure:
    wide = [(other.x, other.y, _reach(one) + _reach(other) + GAP / SIDE) for other in placed]
    for x, y in _places(one):
        if all(math.dist((x, y), (ox, oy)) >= far for ox, oy, far in wide):
            return one.but(x=x, y=y)
    raise Invalid("paper-full")


def _places(one: Figure) -> list[Place]:
    """Every place on a fine grid where all of a figure is on the paper, the nearest first."""
    reach = _reach(one)
    shares = [round(step * _STEP, 4) for step in range(_STEPS + 1)]
    inside = [share for share in shares if reach <= share <= 1 - reach]
    here = (one.x, one.y)
    every = ((x, y) for y in inside for x in inside)
    return sorted(every, key=lambda place: (math.dist(place, here), place))


def _reach(figure: Figure) -> float:
    return REACH[figure.size] / SIDE
