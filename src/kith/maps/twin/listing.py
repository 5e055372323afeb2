"""The map as a list: every figure, tie, writing, shape, region and stroke that is on the paper.

The list goes as its drawer likes it; without an order of theirs it goes as things came to the
paper. It is never ordered by where things stand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kith.maps import words
from kith.maps.nouns import Figure, Region, Stroke, Tie
from kith.maps.readings import Drawing
from kith.maps.twin.around import figures_in
from kith.records.readings import EVER, Entry


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie as one of its ends tells it."""

    thing: UUID
    to: str
    qualities: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on the paper in words."""

    thing: UUID
    kind: str
    name: str
    what: str
    place: str
    ties: Sequence[TieLine] = field(default_factory=tuple)


def rows(drawn: Drawing, order: Sequence[UUID] = ()) -> list[Row]:
    """Everything on the paper, in this order; ties stand under both of their ends."""
    ties = _ties(drawn)
    told = {entry.thing: _row(entry, drawn, ties) for entry in placed(drawn)}
    return [told[thing] for thing in in_order(told, order, {})]


def placed(drawn: Drawing) -> list[Entry[Any]]:
    """Whatever has a place on the paper: all but ties, which have two ends."""
    return [*drawn.figures, *drawn.writings, *drawn.shapes, *drawn.regions, *drawn.strokes]


def in_order(
    things: Iterable[UUID], order: Sequence[UUID], since: Mapping[UUID, datetime]
) -> list[UUID]:
    """These things: those that the order names, as it names them, then the rest, oldest first."""
    there = dict.fromkeys(things)
    named = {thing: None for thing in order if thing in there}
    rest = [thing for thing in there if thing not in named]
    return [*named, *sorted(rest, key=lambda thing: since.get(thing, EVER))]


def moved(things: Sequence[UUID], thing: UUID, way: str) -> list[UUID]:
    """These things with one of them a place up or down, or the first; at an end it stays."""
    at = things.index(thing)
    to = {"up": max(at - 1, 0), "down": at + 1, "first": 0}[way]
    rest = [one for one in things if one != thing]
    return [*rest[:to], thing, *rest[to:]]


def between(tie: Tie, names: Mapping[UUID, Figure]) -> str:
    """A tie by its two ends."""
    a, b = (words.name_of(names.get(end)) for end in (tie.a, tie.b))
    return _("%(a)s and %(b)s") % {"a": a, "b": b}


def _row(entry: Entry[words.Placed], drawn: Drawing, ties: Mapping[UUID, Sequence[TieLine]]) -> Row:
    noun = entry.noun
    return Row(
        thing=entry.thing,
        kind=noun.__kind__,
        name=words.called(noun),
        what=_what(noun, drawn),
        place=words.place_of(noun),
        ties=ties.get(entry.thing, ()),
    )


def _what(noun: words.Placed, drawn: Drawing) -> str:
    if isinstance(noun, Figure):
        kind = str(words.KINDS[noun.kind]) if noun.kind else ""
        return "" if kind.casefold() == words.name_of(noun).casefold() else kind
    if isinstance(noun, Region):
        names = ", ".join(words.name_of(one.noun) for one in figures_in(noun, drawn.figures))
        return _("a line round %(names)s") % {"names": names} if names else ""
    if isinstance(noun, Stroke):
        return str(words.PENS[noun.pen])
    return ""


def _ties(drawn: Drawing) -> dict[UUID, list[TieLine]]:
    names, found = drawn.names(), dict[UUID, list[TieLine]]()
    for entry in drawn.ties:
        tie = entry.noun
        for here, there in ((tie.a, tie.b), (tie.b, tie.a)):
            line = TieLine(
                entry.thing, words.tied_to(names[there]), words.qualities_of(tie), tie.words
            )
            found.setdefault(here, []).append(line)
    return found
