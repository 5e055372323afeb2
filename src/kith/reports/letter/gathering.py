"""What gets in the way, gathered from one's own notebook: what matters, what is in its way, what
would help. Everything is told in one's own words and by day; nothing is counted or put in an order
of weight.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.care.readings import my_requests
from kith.moments import days, readings
from kith.moments.names import Names
from kith.moments.nouns import OWN, Moment, Practice
from kith.moments.sentences import closed
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

AT_ONCE = 150
"""About as many moments as one page looks through; there is a way to the earlier ones."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the thing it comes from, what sort of thing that is, what it says, and its day."""

    thing: UUID
    kind: str
    words: str
    day: str = ""

    @property
    def dated(self) -> str:
        """What it says, after its day if it has one."""
        told = {"day": self.day, "words": self.words}
        return _("%(day)s: %(words)s") % told if self.day else self.words


@dataclass(frozen=True, slots=True)
class Way:
    """Something in the way, under its name, and where it was."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All three parts. `earlier` is the day before which there are more moments."""

    matters: Sequence[Line]
    ways: Sequence[Way]
    would_help: Sequence[Line]
    earlier: date | None

    @property
    def in_the_way(self) -> list[Line]:
        """Where something was in the way, each once, by day."""
        return list({one.thing: one for way in self.ways for one in way.lines}.values())

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.matters or self.ways or self.would_help)


def gather(viewer: Viewer, until: date | None = None) -> Gathered:
    """What the viewer's last moments, or those before a day, and all their practices tell."""
    called, stretch = Names(viewer), readings.latest(viewer, until, AT_ONCE)
    practices = readings.practices(viewer)
    return Gathered(
        matters=[*_going(practices), *_happened(stretch.moments, practices)],
        ways=_ways([*_hindered(stretch.moments, called), *_broken(practices, called)]),
        would_help=[*_helped(stretch.moments), *_asked(viewer)],
        earlier=stretch.earlier,
    )


Named = Iterator[tuple[list[str], Line]]


def _going(practices: Iterable[Entry[Practice]]) -> Iterator[Line]:
    """What one does again and again: what it is and how often; not how it stands."""
    for one in practices:
        if one.noun.state != "let go":
            told = (part for part in (one.noun.name, one.noun.rhythm) if part)
            yield Line(one.thing, "practice", " ".join(map(closed, told)))


def _happened(
    moments: Iterable[Entry[Moment]], practices: Sequence[Entry[Practice]]
) -> Iterator[Line]:
    """What happened and nothing stood in the way of; what a practice tells already is left out."""
    told: set[str] = set()
    for one in moments:
        words = one.noun.words
        if _was_hindered(one.noun) or words in told:
            continue
        if not any(readings.belongs(one, practice) for practice in practices):
            told.add(words)
            yield _line(one, words)


def _hindered(moments: Iterable[Entry[Moment]], called: Names) -> Named:
    for one in moments:
        noun = one.noun
        if _was_hindered(noun):
            own = [str(OWN.get(code, code)) for code in noun.own]
            why = [called.in_the_way(noun), ", ".join(own)]
            words = _because(noun.words, "; ".join(part for part in why if part))
            yield [*called.each(noun), *own], _line(one, words)


def _broken(practices: Iterable[Entry[Practice]], called: Names) -> Named:
    for one in practices:
        if one.noun.state == "interrupted":
            words = _because(one.noun.name, called.in_the_way(one.noun))
            yield called.each(one.noun), Line(one.thing, "practice", closed(words))


def _helped(moments: Iterable[Entry[Moment]]) -> Iterator[Line]:
    for one in moments:
        if one.noun.helped:
            yield _line(one, one.noun.helped)


def _asked(viewer: Viewer) -> Iterator[Line]:
    """What one asked a service for, and what that would help."""
    for one in my_requests(viewer):
        told = [one.request.noun.words, one.request.noun.helps]
        yield Line(one.request.thing, "request", "\n".join(part for part in told if part))


def _ways(found: Iterable[tuple[list[str], Line]]) -> list[Way]:
    """Under each name what it was in the way of; what has no name comes last."""
    under: dict[str, list[Line]] = {}
    for names, line in found:
        for name in names or [""]:
            under.setdefault(name, []).append(line)
    names = sorted(under, key=lambda name: (not name, name.casefold()))
    return [Way(name, tuple(under[name])) for name in names]


def _was_hindered(noun: Moment) -> bool:
    return bool(noun.arrangements or noun.in_the_way or noun.own or not noun.happened)


def _because(words: str, why: str) -> str:
    flat = " ".join(words.split()).rstrip(" .;:")
    told = {"what": flat, "why": why}
    return _("%(what)s. In the way: %(why)s") % told if why else flat


def _line(one: Entry[Moment], words: str) -> Line:
    day = date_format(days.day_of(one.seen_on), "j F")
    return Line(one.thing, "moment", closed(words.strip()), day)
