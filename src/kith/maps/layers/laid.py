"""Layers laid out to look at: a picture with its words, and a replay as pieces of a picture."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kith.maps.drawing import Still, still
from kith.maps.layers.compare import Standing, ends_of
from kith.maps.layers.replay import Replay
from kith.maps.layers.words import called, listed, title
from kith.maps.nouns import Drawn, Figure, Map, Tie
from kith.maps.readings import Drawing, put_together
from kith.maps.twin.sentences import sentences
from kith.records.readings import Entry

ORDER = ("region", "shape", "stroke", "tie", "figure", "writing")
"""From what lies lowest on the paper to what lies on top."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One layer to look at: its picture, and the same in words."""

    layer: UUID
    title: str
    still: Still
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing of a replay as it looks from one step until before another."""

    still: Still
    first: int
    last: int


def lay(drawn: Drawing) -> Laid:
    """A layer as people look at it."""
    told = sentences(drawn) or [_("The paper is bare.")]
    return Laid(drawn.map.thing, title(drawn.map.noun), still(drawn), told)


def as_drawing(found: Entry[Map], there: Standing) -> Drawing:
    """Some things as the drawing they would make on the paper of a map."""
    entries: list[Entry[Any]] = [
        replace(found, noun=noun, thing=thing)  # type: ignore[arg-type]
        for thing, noun in there.items()
    ]
    return put_together(found, lambda kind: [one for one in entries if type(one.noun) is kind])


def pieces(found: Entry[Map], told: Replay) -> list[Piece]:
    """The pictures that a replay is made of. A thing that stays as it is, is drawn once."""
    spans: dict[tuple[Any, ...], list[list[int]]] = {}
    for at, there in enumerate(told.states()):
        for key in _keys(there):
            runs = spans.setdefault(key, [])
            if runs and runs[-1][1] == at - 1:
                runs[-1][1] = at
            else:
                runs.append([at, at])
    drawn = sorted(spans.items(), key=lambda item: ORDER.index(item[0][1].__kind__))
    return [Piece(_still(found, *key), *run) for key, runs in drawn for run in runs]


def _keys(there: Standing) -> Iterator[tuple[Any, ...]]:
    """What each thing looks like: itself, and for a tie the two figures it is drawn between."""
    for thing, noun in there.items():
        if not isinstance(noun, Tie):
            yield thing, noun
        elif {noun.a, noun.b} <= there.keys():
            yield thing, noun, there[noun.a], there[noun.b]


def _still(found: Entry[Map], thing: UUID, noun: Drawn, *ends: Figure) -> Still:
    if not isinstance(noun, Tie):
        return still(as_drawing(found, {thing: noun}))
    there: Standing = {noun.a: ends[0], noun.b: ends[1], thing: noun}
    return replace(still(as_drawing(found, there)), figures=[])


def told_steps(told: Replay) -> list[str]:
    """The same in words: what is there first, then each step."""
    states = told.states()
    pairs = zip(pairwise(states), told.steps, strict=True)
    later = [_step(before, after, step.thing) for (before, after), step in pairs]
    first = _("First: %(what)s") % {"what": _listed(_names(states[0]))}
    return [first, *(_("Then: %(what)s") % {"what": what} for what in later)]


def _names(there: Standing) -> list[str]:
    names = (called(noun, ends_of(there, noun)) for noun in there.values())
    return list(dict.fromkeys(names))


def _listed(names: list[str]) -> str:
    return listed(names) if names else _("bare paper")


def _step(before: Standing, after: Standing, thing: UUID) -> str:
    old, new = before.get(thing), after.get(thing)
    here = after if new else before
    noun = new or old
    name = called(noun, ends_of(here, noun)) if noun else ""
    if old is None or new is None:
        return name if new else _("%(what)s, taken off") % {"what": name}
    if isinstance(old, Figure) and isinstance(new, Figure) and _only_moved(old, new):
        return _("%(what)s, moved") % {"what": name}
    return _("%(what)s, changed") % {"what": name}


def _only_moved(old: Figure, new: Figure) -> bool:
    return old != new and old.but(x=new.x, y=new.y) == new
