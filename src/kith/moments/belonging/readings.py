"""Whom one is bound to, and what one said and noted of each: never a sum, an order or a comparison.

A relation is someone or something on one's maps, on however many layers, with the lines between it
and oneself. What was said of any of these is said of it. Two questions stay apart (Baumeister and
Leary 1995, in our own words): whether contact is often and pleasant, and whether the bond lasts
and each cares for the other. What is good and what is hard always stand together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from kith.base.problems import Missing
from kith.maps import words
from kith.maps.bonds.items import Asked, Between, asked
from kith.maps.bonds.readings import View, by_about
from kith.maps.bonds.telling import Column, OfDay
from kith.maps.nouns import Figure, Tie
from kith.maps.readings import on_the_paper
from kith.moments import readings as moments
from kith.moments.looking.readings import look_back
from kith.moments.names import Names
from kith.moments.nouns import Moment
from kith.moments.readings import Told
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

CRITERIA = ("pleasant", "lasting")
FELT = ("good", "hard")
"""What is good and what is hard: never the one without the other."""
ASKED = (*CRITERIA, *FELT)
SHOWN = 6
"""How many of the last moments with someone are shown; another page has all about them."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Someone or something on the viewer's maps: all its figures, and the lines to the viewer."""

    figures: tuple[Entry[Figure], ...]
    ties: tuple[Entry[Tie], ...] = ()
    views: tuple[View, ...] = field(default=())

    @property
    def thing(self) -> UUID:
        """What it was first drawn as."""
        return self.figures[0].thing

    @property
    def map_id(self) -> UUID:
        """The map it was first drawn on."""
        return self.figures[0].parent or self.thing

    @property
    def things(self) -> frozenset[UUID]:
        """All that one can mean by it."""
        return frozenset(one.thing for one in self.figures)

    @property
    def name(self) -> str:
        """What it is called."""
        return words.name_of(self.figures[0].noun)

    @property
    def lines(self) -> list[str]:
        """What its lines say, helping and hurting as they were drawn together."""
        told = (words.qualities_of(one.noun) for one in self.ties)
        return list(dict.fromkeys(text for text in told if text))

    def last(self, item: str) -> OfDay | None:
        """What was said last on one item; None where it was never come to."""
        return next((one for one in reversed(self.days((item,))[item])), None)

    def days(self, items: Sequence[str]) -> Mapping[str, list[OfDay]]:
        """What was said of these, each with all the days on which any of them was come to."""
        there = [view for view in self.views if view.says_any(items)]
        return {item: [OfDay(view.day, view.on(item)) for view in there] for item in items}


@dataclass(frozen=True, slots=True)
class Glance:
    """One relation in the list: its name, and the two things apart, in words."""

    relation: Relation
    told: Sequence[tuple[Asked, OfDay | None]]

    @property
    def is_told(self) -> bool:
        """Whether either of the two was come to."""
        return any(said for _asked, said in self.told)


@dataclass(frozen=True, slots=True)
class Belonging:
    """One relation on its page."""

    relation: Relation
    criteria: Sequence[Column]
    felt: Sequence[Column]
    moments: list[Entry[Moment]]
    practices: list[Told]


def glances(viewer: Viewer) -> list[Glance]:
    """Everyone and everything on the viewer's maps but themselves, by name and nothing else."""
    every = sorted(relations(viewer), key=lambda one: (one.name.casefold(), one.thing))
    asks = list(asked(CRITERIA, Between()))
    return [Glance(one, [(each, one.last(each.item)) for each in asks]) for one in every]


def belonging(viewer: Viewer, thing: UUID) -> Belonging:
    """What the viewer said and noted of one relation. Raises Missing."""
    found = relation(viewer, thing)
    called = Names(viewer)
    noted = look_back(viewer, lambda one: not found.things.isdisjoint(one.noun.with_whom))
    practices = [one for one in moments.practices(viewer) if found.things & set(one.noun.with_whom)]
    return Belonging(
        found,
        [column for item in CRITERIA for column in _columns(found, (item,))],
        list(_columns(found, FELT)),
        noted.moments[:SHOWN],
        [moments.tell(viewer, one, called) for one in practices],
    )


def relation(viewer: Viewer, thing: UUID) -> Relation:
    """The relation that a figure stands for, on whichever layer. Raises Missing."""
    found = next((one for one in relations(viewer) if thing in one.things), None)
    if found is None:
        raise Missing
    return found


def relations(viewer: Viewer) -> list[Relation]:
    """Every relation of the viewer's, the one drawn first first."""
    own = Q(space=viewer.notebook)
    drawn = on_the_paper(look(viewer, Figure, own))
    lines = on_the_paper(look(viewer, Tie, own))
    told = by_about(viewer)
    me = {one.thing for one in drawn if one.noun.kind == "self"}
    return [_relation(one, _lines_to(me, one, lines), told) for one in _once(drawn, me)]


def _once(drawn: Iterable[Entry[Figure]], me: set[UUID]) -> list[tuple[Entry[Figure], ...]]:
    """The figures of one and the same together, the first of them first; oneself left out."""
    same: dict[UUID, list[Entry[Figure]]] = {}
    for one in drawn:
        if one.thing not in me:
            same.setdefault(one.noun.same_as or one.thing, []).append(one)
    return [
        tuple(sorted(every, key=lambda one: one.noun.same_as is not None))
        for every in same.values()
    ]


def _lines_to(
    me: set[UUID], figures: tuple[Entry[Figure], ...], lines: Iterable[Entry[Tie]]
) -> tuple[Entry[Tie], ...]:
    theirs = {one.thing for one in figures}
    ends = ((one, {one.noun.a, one.noun.b}) for one in lines)
    return tuple(one for one, both in ends if both & me and both & theirs)


def _relation(
    figures: tuple[Entry[Figure], ...],
    ties: tuple[Entry[Tie], ...],
    told: Mapping[UUID, list[View]],
) -> Relation:
    about = [one.thing for one in figures] + [one.thing for one in ties]
    views = [view for thing in about for view in told.get(thing, [])]
    return Relation(figures, ties, tuple(sorted(views, key=lambda view: view.seen_on)))


def _columns(found: Relation, items: tuple[str, ...]) -> Iterator[Column]:
    days = found.days(items)
    for one in asked(items, Between()):
        yield Column(one, days[one.item])
