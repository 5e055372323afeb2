"""What a drawer said about relationships on their maps, day by day. Nothing is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localtime

from kith.base.problems import Missing
from kith.maps import words
from kith.maps.bonds.items import ITEMS, Between
from kith.maps.nouns import Figure, Perspective, Said, Tie
from kith.maps.readings import Drawing, on_paper
from kith.permissions.readings import look, look_away
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry

ABOUT = ("figure", "tie")
"""What on a map one can say more about."""


@dataclass(frozen=True, slots=True)
class View:
    """What the drawer said about one relationship on one day."""

    thing: UUID
    version: UUID
    about: UUID
    seen_on: datetime
    noun: Perspective

    @property
    def day(self) -> date:
        """The day it was said, where it was said."""
        return day_of(self.seen_on)

    def on(self, item: str) -> Said:
        """The answer to one item; `not-asked` for one that was not come to."""
        return self.noun.on(item)

    def says_any(self, items: Iterable[str]) -> bool:
        """Whether any of these was come to."""
        return any(self.on(item) != Said("not-asked") for item in items)


def day_of(at: datetime) -> date:
    """The day that a moment falls on."""
    return localtime(at).date()


def perspectives(viewer: Viewer, about: UUID) -> list[View]:
    """All that the viewer says of one figure or tie of theirs, the oldest first."""
    return views_of(viewer, [about])


def views_of(viewer: Viewer, things: Iterable[UUID]) -> list[View]:
    """All that the viewer says of several figures and ties of theirs, the oldest first."""
    return _views(look(viewer, Perspective, _mine(viewer, Q(parent__in=list(things)))))


def latest(viewer: Viewer) -> dict[UUID, View]:
    """What the viewer last said of each figure or tie of which they said anything."""
    found = look(viewer, Perspective, _mine(viewer, Q(parent__in=_things(viewer, Q()))))
    return {view.about: view for view in _views(found)}


def by_about(viewer: Viewer) -> dict[UUID, list[View]]:
    """All that the viewer says of their figures and ties, by which it is about, oldest first."""
    told: dict[UUID, list[View]] = {}
    for view in _views(look(viewer, Perspective, _mine(viewer, Q(parent__isnull=False)))):
        told.setdefault(view.about, []).append(view)
    return told


def with_words(viewer: Viewer, map_id: UUID) -> set[UUID]:
    """The figures and ties of a map that there are such words about."""
    here = Q(parent__in=_things(viewer, Q(parent=map_id)))
    found = _views(look(viewer, Perspective, _mine(viewer, here)))
    return {view.about for view in found if view.says_any(ITEMS)}


def has_words(viewer: Viewer, about: UUID) -> bool:
    """Whether there are such words about one figure or tie."""
    return any(view.says_any(ITEMS) for view in perspectives(viewer, about))


def taken_away(viewer: Viewer, about: UUID) -> list[View]:
    """What the viewer took away and can bring back."""
    return _views(look_away(viewer, Perspective, _mine(viewer, Q(parent=about))))


def view_of(viewer: Viewer, about: UUID, thing: UUID) -> View:
    """One of them. Raises Missing."""
    found = next((one for one in perspectives(viewer, about) if one.thing == thing), None)
    if found is None:
        raise Missing
    return found


def of_day(views: Iterable[View], day: date) -> View | None:
    """The last of them that was said on this day."""
    return next((one for one in reversed(list(views)) if one.day == day), None)


def about_on(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Figure | Tie]:
    """The figure or tie of a map that it is about. Raises Missing."""
    found = on_paper(viewer, map_id, thing)
    if found.noun.__kind__ not in ABOUT:
        raise Missing
    return found


def between(noun: Figure | Tie, names: Mapping[UUID, Figure]) -> Between:
    """Between whom it is: a tie between two others is asked about as theirs."""
    if isinstance(noun, Figure):
        return Between()
    a, b = (names.get(end) for end in (noun.a, noun.b))
    mine = "self" in {end.kind for end in (a, b) if end}
    return Between(mine, words.name_of(a), words.name_of(b))


def looks_like_work(noun: Figure | Tie, drawn: Drawing) -> bool:
    """Whether a service is on it: it may suggest more questions, and decides nothing."""
    names = drawn.names()
    ends = [noun] if isinstance(noun, Figure) else [names.get(end) for end in (noun.a, noun.b)]
    return any(end is not None and end.kind == "service" for end in ends)


def _views(found: Iterable[Entry[Perspective]]) -> list[View]:
    """One view an entry; what was said at the same time in two places stands side by side."""
    return [
        View(one.thing, one.id, one.parent, one.seen_on, one.noun)
        for entry in found
        for one in (entry, *entry.rivals)
        if one.parent is not None
    ]


def _mine(viewer: Viewer, where: Q) -> Q:
    return Q(space=viewer.notebook) & where


def _things(viewer: Viewer, where: Q) -> object:
    """Figures and ties in the viewer's notebook, as a query for the ids alone."""
    return Record.objects.filter(_mine(viewer, where), kind__in=ABOUT).values("thing")
