"""What one can see of moments, practices and cards: the viewer first, then as of when.

All of them live in notebooks, so that nobody but their author ever sees them here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from kith.base import clock
from kith.moments import days, sentences, threads
from kith.moments.names import Names
from kith.moments.nouns import OCCASIONS, Card, Moment, Practice
from kith.moments.sentences import Step
from kith.permissions.readings import any_gone, look, look_at, look_away, look_back, look_back_on
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.nouns import Noun
from kith.records.readings import Entry, Mark, heads

N = TypeVar("N", bound=Noun)
ROOMY, CLOSE = 24, 34
"""How many lines a card holds in large letters, and in small ones; counted with care."""
AT_ONCE = 40
"""About as many moments as one page of the list shows."""


# Moments


def moment(viewer: Viewer, thing: UUID, as_of: datetime | None = None) -> Entry[Moment]:
    """One moment. Raises Missing when there is none, or it is not for this viewer."""
    return look_at(viewer, Moment, thing, as_of=as_of)


def said_before(viewer: Viewer, now: Entry[Moment]) -> list[Entry[Moment]]:
    """What a moment said before it was said anew, the latest first, each wording once."""
    told = {(one.noun, one.seen_on): one for one in look_back(viewer, Moment, now.thing)}
    told.pop((now.noun, now.seen_on), None)
    return list(told.values())[::-1]


def moments(
    viewer: Viewer,
    things: Collection[UUID] | None = None,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    as_of: datetime | None = None,
) -> list[Entry[Moment]]:
    """The viewer's moments, oldest first: all, or those of `things`, seen from `start` to `end`.

    `end` itself is left out. Only what lies between the two is opened.
    """
    where = Q() if things is None else Q(thing__in=list(things))
    if start or end:
        where &= Q(thing__in=_touching(viewer, start, end).values("thing"))
    found = look(viewer, Moment, where, as_of=as_of)
    return [entry for entry in found if _within(entry, start, end)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some moments, the latest first; `earlier` is the day before which there are more."""

    moments: list[Entry[Moment]]
    earlier: date | None


def latest(viewer: Viewer, until: date | None = None, count: int = AT_ONCE) -> Stretch:
    """The last moments before the day `until` (or up to now), whole days, about `count` of them."""
    end = days.begins(until) if until else None
    rows = _touching(viewer, None, end).order_by("-seen_on")
    seen = list(rows.values_list("seen_on", flat=True)[: count + 1])
    if len(seen) <= count:
        return Stretch(moments(viewer, end=end)[::-1], None)
    edge = days.day_of(seen[count - 1])
    start = days.begins(edge)
    more = _touching(viewer, None, start).exists()
    return Stretch(moments(viewer, start=start, end=end)[::-1], edge if more else None)


def removed(viewer: Viewer, kind: type[N]) -> list[Entry[N]]:
    """What the viewer took away of this kind, the latest first; each can come back."""
    return look_away(viewer, kind, _ever_removed(viewer, kind))[::-1]


def any_removed(viewer: Viewer, kind: type[Noun]) -> bool:
    """Whether there is anything that can come back."""
    return any_gone(viewer, kind, _ever_removed(viewer, kind))


def _touching(viewer: Viewer, start: datetime | None, end: datetime | None) -> QuerySet[Record]:
    """The records of moments in the viewer's notebook between two instants: no words opened."""
    found = _records(viewer, Moment)
    if start:
        found = found.filter(seen_on__gte=start)
    return found.filter(seen_on__lt=end) if end else found


def _ever_removed(viewer: Viewer, kind: type[Noun]) -> Q:
    return Q(thing__in=_records(viewer, kind).filter(removed=True).values("thing"))


def _records(viewer: Viewer, kind: type[Noun]) -> QuerySet[Record]:
    if viewer.notebook is None:
        return Record.objects.none()
    return Record.objects.filter(space=viewer.notebook, kind=kind.__kind__)


def _within(entry: Entry[Moment], start: datetime | None, end: datetime | None) -> bool:
    return (start is None or entry.seen_on >= start) and (end is None or entry.seen_on < end)


# Practices


@dataclass(frozen=True, slots=True)
class Told:
    """A practice ready to be read: its sentences, and its thread through the last months."""

    entry: Entry[Practice]
    whom: str
    sentences: list[str]
    spans: tuple[threads.Span, ...]
    months: list[date]
    was: str
    history: list[Step]


def practice(viewer: Viewer, thing: UUID, as_of: datetime | None = None) -> Entry[Practice]:
    """One practice as it stands. Raises Missing for none, or one that is not for this viewer."""
    return look_at(viewer, Practice, thing, as_of=as_of)


def practices(viewer: Viewer, as_of: datetime | None = None) -> list[Entry[Practice]]:
    """All of the viewer's practices as they stand, by name."""
    found = look(viewer, Practice, as_of=as_of)
    return sorted(found, key=lambda entry: (entry.noun.name.casefold(), entry.thing))


def story(viewer: Viewer, thing: UUID, as_of: datetime | None = None) -> list[Entry[Practice]]:
    """How a practice stood from each day on, in order; what was said anew is left out."""
    return stories(viewer, [thing], as_of).get(thing, [])


def stories(
    viewer: Viewer, things: Collection[UUID], as_of: datetime | None = None
) -> dict[UUID, list[Entry[Practice]]]:
    """The stories of several practices, in as many queries as that of one."""
    where = Q(thing__in=list(things))
    told = {entry.id: entry for entry in look_back_on(viewer, Practice, where)}
    marks: dict[UUID, list[Mark]] = defaultdict(list)
    rows = Record.objects.filter(where, kind=Practice.__kind__)
    for mark in map(Mark._make, rows.values_list(*Mark._fields)):
        marks[mark.thing].append(mark)
    until = as_of or clock.now()
    return {
        thing: [told[one] for one in _stood(marks[thing], until) if one in told] for thing in things
    }


def _stood(marks: list[Mark], until: datetime) -> Iterable[UUID]:
    """The ids of the versions that were current at one time or other, in order."""
    times = sorted({m.seen_on for m in marks if not m.removed and m.seen_on <= until})
    return dict.fromkeys(head.id for at in times for head in heads(marks, at)[:1])


def tell(
    viewer: Viewer,
    entry: Entry[Practice],
    called: Names | None = None,
    as_of: datetime | None = None,
) -> Told:
    """One practice in sentences and as a thread, as of any time."""
    return _told(entry, story(viewer, entry.thing, as_of), called or Names(viewer), as_of)


def _told(
    entry: Entry[Practice],
    stood: list[Entry[Practice]],
    called: Names,
    as_of: datetime | None = None,
) -> Told:
    noun, today = entry.noun, days.day_of(as_of) if as_of else days.today()
    states = [_state(one, called) for one in said_once(stood)]
    return Told(
        entry,
        called.whom(noun),
        sentences.story(noun.rhythm, noun.began, states, today),
        threads.spans(states, today, before=bool(noun.began)),
        threads.shown_months(today),
        sentences.once(noun.rhythm, noun.began),
        [sentences.step(state, today) for state in states],
    )


def tell_all(viewer: Viewer) -> list[Told]:
    """Every practice of the viewer, told."""
    return _all_told(viewer, practices(viewer))


def _all_told(viewer: Viewer, entries: Sequence[Entry[Practice]]) -> list[Told]:
    if not entries:
        return []
    called, told = Names(viewer), stories(viewer, [entry.thing for entry in entries])
    return [_told(entry, told[entry.thing], called) for entry in entries]


def practice_sentence(viewer: Viewer, entry: Entry[Practice], as_of: datetime | None = None) -> str:
    """A practice in one line: "Tea with T. Most mornings; not since 3 November: no kettle." """
    told = tell(viewer, entry, as_of=as_of).sentences
    return " ".join([sentences.closed(entry.noun.name), *told])


def belonging(
    viewer: Viewer, entry: Entry[Practice], start: datetime, end: datetime
) -> list[Entry[Moment]]:
    """The moments that belong to a practice, seen from `start` to before `end`, oldest first."""
    found = moments(viewer, start=start, end=end)
    return [one for one in found if belongs(one, entry)]


def belongs(moment: Entry[Moment], practice: Entry[Practice]) -> bool:
    """Whether a practice was named out of this moment, or the moment says it is a part of it."""
    return moment.thing in practice.noun.moments or practice.thing in moment.noun.part_of


def _state(entry: Entry[Practice], called: Names) -> sentences.State:
    noun = entry.noun
    return sentences.State(
        noun.state,
        days.day_of(entry.seen_on),
        noun.since,
        called.in_the_way(noun),
        noun.choice,
    )


def said_once(told: list[Entry[Practice]]) -> list[Entry[Practice]]:
    """Without what only repeats the state before it."""
    pairs = zip(told, [None, *told], strict=False)
    return [one for one, old in pairs if old is None or one.noun.standing != old.noun.standing]


# Cards


@dataclass(frozen=True, slots=True)
class Laid:
    """A card as it is printed today: who it is from, what it says."""

    entry: Entry[Card]
    practices: list[Told]
    moments: list[Entry[Moment]]
    day: date

    @property
    def occasion(self) -> str | Promise:
        """What it is for, in words; nothing where that was left open."""
        return OCCASIONS.get(self.entry.noun.occasion, "")

    @property
    def is_close(self) -> bool:
        """Whether it needs smaller letters to stay on one sheet."""
        return self._lines > ROOMY

    @property
    def fits(self) -> bool:
        """Whether it stays on one sheet at all, even of A5."""
        return self._lines <= CLOSE

    @property
    def _lines(self) -> int:
        told = [" ".join(one.sentences) for one in self.practices]
        noted = [one.noun.words for one in self.moments]
        own = [self.entry.noun.words] if self.entry.noun.words else []
        return sum(2 + _lines_of(text) for text in (*own, *told, *noted))


def card(viewer: Viewer, thing: UUID) -> Entry[Card]:
    """One card. Raises Missing when there is none, or it is not for this viewer."""
    return look_at(viewer, Card, thing)


def cards(viewer: Viewer) -> list[Entry[Card]]:
    """All of the viewer's cards, the latest first."""
    return look(viewer, Card)[::-1]


def lay(viewer: Viewer, entry: Entry[Card]) -> Laid:
    """What a card says today, in the order chosen. What was taken away since is not on it."""
    noun = entry.noun
    there = {one.thing: one for one in look(viewer, Practice, Q(thing__in=noun.practices))}
    chosen = [there[thing] for thing in noun.practices if thing in there]
    return Laid(
        entry,
        _all_told(viewer, chosen),
        _in_order(noun.moments, moments(viewer, noun.moments)),
        days.today(),
    )


def _lines_of(text: str) -> int:
    return sum(1 + len(part) // 60 for part in text.split("\n"))


def _in_order(things: Sequence[UUID], found: Iterable[Entry[N]]) -> list[Entry[N]]:
    there = {entry.thing: entry for entry in found}
    return [there[thing] for thing in things if thing in there]
