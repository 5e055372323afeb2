"""All about one relationship in time: what was noted, done again and again, drawn and said.

What rooms above know of it comes by `strands`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kith.maps.layers.threads import Through, through_layers
from kith.maps.words import name_of
from kith.moments import readings
from kith.moments.looking.drawn import SHORT, drawn
from kith.moments.looking.readings import look_back
from kith.moments.looking.strands import About, Piece, from_rooms
from kith.moments.names import Names
from kith.moments.nouns import STATES, Moment, Practice
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry


@dataclass(frozen=True, slots=True)
class Told:
    """A relationship as its page shows it: a stretch of time, the latest first."""

    name: str
    figure: Through
    practices: tuple[Entry[Practice], ...]
    pieces: list[Piece]
    earlier: date | None


def relationship(viewer: Viewer, thing: UUID, until: date | None = None) -> Told:
    """All about one figure of the viewer's map before the day `until`. Raises Missing."""
    figure = through_layers(viewer, thing)
    ids = frozenset(one.thing for one in figure.same)
    theirs = [one for one in readings.practices(viewer) if not ids.isdisjoint(one.noun.with_whom)]
    about = About(ids, tuple(theirs))
    found = look_back(viewer, about.has, until)
    called = Names(viewer)
    every = [
        *(_noted(entry, called) for entry in found.moments),
        *_done(viewer, about, called),
        *drawn(figure),
        *from_rooms(viewer, about),
    ]
    here = [one for one in every if _between(one.day, found.earlier, until)]
    here.sort(key=lambda piece: (piece.at, piece.url), reverse=True)
    return Told(name_of(figure.here.noun), figure, about.practices, here, found.earlier)


def _between(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or day >= start) and (end is None or day < end)


def _noted(entry: Entry[Moment], called: Names) -> Piece:
    noun, url = entry.noun, reverse("moments:moment", kwargs={"thing": entry.thing})
    words = Truncator(noun.words).chars(SHORT)
    if noun.happened:
        return Piece(entry.seen_on, "cup", _("It happened"), url, [words])
    lines = [line for line in (words, called.in_the_way(noun)) if line]
    return Piece(entry.seen_on, "silence", _("It could not happen"), url, lines)


def _done(viewer: Viewer, about: About, called: Names) -> Iterator[Piece]:
    """Each state of what is done with them, on the day it is known from."""
    if not about.practices:
        return
    told = readings.stories(viewer, [one.thing for one in about.practices])
    for thing, stood in told.items():
        url = reverse("moments:practice", kwargs={"thing": thing})
        for one in readings.said_once(stood):
            lines = [str(STATES.get(one.noun.state, "")), called.in_the_way(one.noun)]
            yield Piece(one.seen_on, "calendar", one.noun.name, url, [t for t in lines if t])
