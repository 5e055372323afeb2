"""What stands on one layer and not on another. Only what is there counts, never where.

A figure is known as the same by what it was first drawn as, or by the same name written on it;
a tie by the two figures at its ends; anything else by being drawn alike.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kith.maps.nouns import Drawn, Figure, Tie
from kith.records.readings import Entry

Standing = dict[UUID, Drawn]
"""What is on the paper of a layer, by its ids."""
Namer = Callable[[Drawn, tuple[Figure | None, Figure | None]], str]


@dataclass(frozen=True, slots=True)
class Apart:
    """What stands only on the one, only on the other, and on both, each by its name, once."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    both: tuple[str, ...]


def standing(entries: Iterable[Entry[Any]]) -> Standing:
    """The things on a paper, by their ids."""
    return {entry.thing: entry.noun for entry in entries}


def compare(one: Standing, other: Standing, name: Namer) -> Apart:
    """Two layers laid side by side. Taken the other way round it says the same."""
    same = _Same(one, other)
    here = [thing for thing in one if not any(same(thing, there) for there in other)]
    there = [thing for thing in other if not any(same(mine, thing) for mine in one)]
    both = [thing for thing in one if thing not in set(here)]
    return Apart(
        _named(one, here, name),
        _named(other, there, name),
        _named(one, [thing for thing in both if isinstance(one[thing], Figure)], name),
    )


class _Same:
    """Whether a thing of the one layer and a thing of the other are the same."""

    def __init__(self, one: Standing, other: Standing) -> None:
        self._one, self._other = one, other
        self._marks = {**_marks(one), **_marks(other)}

    def __call__(self, here: UUID, there: UUID) -> bool:
        mine, theirs = self._one[here], self._other[there]
        if type(mine) is not type(theirs):
            return False
        if isinstance(mine, Tie) and isinstance(theirs, Tie):
            straight = self._figures(mine.a, theirs.a) and self._figures(mine.b, theirs.b)
            return straight or (self._figures(mine.a, theirs.b) and self._figures(mine.b, theirs.a))
        return self._figures(here, there) if isinstance(mine, Figure) else mine == theirs

    def _figures(self, here: UUID, there: UUID) -> bool:
        return bool(self._marks.get(here, set()) & self._marks.get(there, set()))


def _marks(layer: Standing) -> dict[UUID, set[object]]:
    """What each figure of a layer is known by: what it was first drawn as, and its name."""
    marks: dict[UUID, set[object]] = {}
    for thing, noun in layer.items():
        if isinstance(noun, Figure):
            name = noun.label.strip().casefold()
            marks[thing] = {noun.same_as or thing, *([name] if name else [])}
    return marks


def _named(layer: Standing, things: Iterable[UUID], name: Namer) -> tuple[str, ...]:
    names = (name(layer[thing], ends_of(layer, layer[thing])) for thing in things)
    return tuple(dict.fromkeys(names))


def ends_of(layer: Standing, noun: Drawn) -> tuple[Figure | None, Figure | None]:
    """The figures at the two ends of a tie, where they are there; of anything else, none."""
    if not isinstance(noun, Tie):
        return None, None
    a, b = (layer.get(end) for end in (noun.a, noun.b))
    return (a if isinstance(a, Figure) else None, b if isinstance(b, Figure) else None)
