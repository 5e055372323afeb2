"""What records add up to: the current state of each thing, now or as of any day.

The rule, for all records of one thing and a time t:

1. a correction (a record that `replaces` another) counts whenever it was made; a removal
   counts from its own `seen_on`;
2. what is replaced by something that counts falls away;
3. if a removal is left standing, the thing is away until something replaces the removal;
4. else, of what is left with `seen_on` up to t, the last by (seen_on, made_at, id) is current;
5. others that correct the same record stand beside it: both are shown, none wins in silence.

It depends on the set of records alone, so any order and number of deliveries reads the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from kith.base import clock
from kith.base.problems import Refused
from kith.records.keyring import NONE, Opened
from kith.records.models import Record
from kith.records.nouns import Noun
from kith.records.sealing import words_in

N = TypeVar("N", bound=Noun)
EVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Later than any clock says."""


class Mark(NamedTuple):
    """The plain columns that decide what is current; nothing sealed is needed for it."""

    id: UUID
    thing: UUID
    seen_on: datetime
    made_at: datetime
    replaces: UUID | None
    removed: bool


@dataclass(frozen=True, slots=True)
class Entry(Generic[N]):
    """One thing as it stands: its noun, and where and when it was said.

    `rivals` are other versions that correct the same record; the reader may choose.
    """

    noun: N
    id: UUID
    thing: UUID
    parent: UUID | None
    space: UUID
    author: UUID
    seen_on: datetime
    made_at: datetime
    rivals: tuple["Entry[N]", ...] = ()


def heads(marks: Iterable[Mark], as_of: datetime) -> tuple[Mark, ...]:
    """The current versions of one thing, the last first; empty when there is none yet.

    A thing that is away gives its standing removals alone.
    """
    counted = [mark for mark in marks if not mark.removed or mark.seen_on <= as_of]
    fallen = {mark.replaces for mark in counted}
    standing = [m for m in counted if m.id not in fallen and m.seen_on <= as_of]
    removals = [mark for mark in standing if mark.removed]
    if removals or not standing:
        return tuple(sorted(removals, key=_order, reverse=True))
    last = max(standing, key=_order)
    known = {mark.id: mark for mark in counted}
    root = _root(last, known)
    same = [mark for mark in standing if mark is not last and _root(mark, known) == root]
    return (last, *sorted(same, key=_order, reverse=True))


def current(
    noun: type[N],
    where: Q,
    as_of: datetime | None = None,
    *,
    labels: bool = True,
    opened: Opened = NONE,
) -> list[Entry[N]]:
    """Every thing of this kind that `where` picks and that is there, oldest first.

    What is only its owner's, and not among `opened`, is left out.
    """
    found = _heads_of(Q(kind=noun.__kind__) & where, as_of or clock.now())
    there = [group for group in found if not group[0].removed]
    return _entries(there, labels, opened)


def away(
    noun: type[N],
    where: Q,
    as_of: datetime | None = None,
    *,
    labels: bool = True,
    opened: Opened = NONE,
) -> list[Entry[N]]:
    """Every thing of this kind that was removed, as it last stood; each has a way back."""
    now = as_of or clock.now()
    found = _heads_of(Q(kind=noun.__kind__) & where, now)
    gone = _last_words([group for group in found if group[0].removed])
    return _entries([(mark,) for mark in gone], labels, opened)


def any_away(noun: type[N], where: Q, as_of: datetime | None = None) -> bool:
    """Whether anything of this kind was removed; nothing sealed is opened."""
    found = _heads_of(Q(kind=noun.__kind__) & where, as_of or clock.now())
    return any(group[0].removed for group in found)


def history(
    noun: type[N],
    thing: UUID,
    where: Q = Q(),  # noqa: B008
    *,
    opened: Opened = NONE,
) -> list[Entry[N]]:
    """Everything ever said of one thing, in order, removals left out."""
    return versions(noun, where & Q(thing=thing), opened=opened)


def versions(noun: type[N], where: Q, *, opened: Opened = NONE) -> list[Entry[N]]:
    """Every version of everything of this kind that `where` picks, in order, removals left out."""
    rows = Record.objects.filter(where, kind=noun.__kind__, removed=False)
    in_order = sorted(rows, key=_order)
    told: Iterable[Entry[N] | None] = (_told([r], labels=True, opened=opened) for r in in_order)
    return [entry for entry in told if entry]


def head_ids(thing: UUID) -> tuple[UUID, ...]:
    """The ids of the last versions of `thing`, removals among them, the last first.

    What one acts on is what was said last, even where a clock that jumped had put it after now.
    """
    found = _heads_of(Q(thing=thing), EVER)
    return tuple(mark.id for group in found for mark in group)


def _heads_of(where: Q, as_of: datetime) -> list[tuple[Mark, ...]]:
    """`heads` of every thing, letting the database leave out what cannot matter.

    Of what stands, only the last can be current, only a removal can hide, and only two that
    correct something can be rivals. A thing with one such record is settled; for the few others
    everything is read and the rule applied as it is written.
    """
    things: dict[UUID, list[Mark]] = defaultdict(list)
    for mark in _that_matter(where, as_of):
        things[mark.thing].append(mark)
    settled = [(marks[0],) for marks in things.values() if len(marks) == 1]
    unclear = [thing for thing, marks in things.items() if len(marks) > 1]
    return settled + [heads(marks, as_of) for marks in _all_marks(where, unclear)]


def _that_matter(where: Q, as_of: datetime) -> Iterable[Mark]:
    counts = Q(removed=False) | Q(seen_on__lte=as_of)
    same = {name: OuterRef(name) for name in ("thing", "space", "kind")}
    replaced = Exists(Record.objects.filter(counts, replaces=OuterRef("id"), **same))
    order = (F("seen_on").desc(), F("made_at").desc(), F("id").desc())
    place = Window(RowNumber(), partition_by="thing", order_by=order)
    standing = Record.objects.filter(where, ~replaced, seen_on__lte=as_of).annotate(place=place)
    rows = standing.filter(Q(place=1) | Q(removed=True) | Q(replaces__isnull=False))
    return (Mark(*row) for row in rows.values_list(*Mark._fields))


def _all_marks(where: Q, things: Sequence[UUID]) -> Iterable[list[Mark]]:
    for part in _parts(things):
        found: dict[UUID, list[Mark]] = defaultdict(list)
        rows = Record.objects.filter(where, thing__in=part).values_list(*Mark._fields)
        for row in rows:
            found[row[1]].append(Mark(*row))
        yield from found.values()


def _entries(groups: Sequence[tuple[Mark, ...]], labels: bool, opened: Opened) -> list[Entry[N]]:
    rows = _rows([mark.id for group in groups for mark in group])
    told: Iterable[Entry[N] | None] = (
        _told([rows[mark.id] for mark in group], labels=labels, opened=opened) for group in groups
    )
    return sorted((entry for entry in told if entry), key=_order)


def _rows(wanted: Sequence[UUID]) -> dict[UUID, Record]:
    """The records with these ids."""
    return {row.id: row for part in _parts(wanted) for row in Record.objects.filter(id__in=part)}


def _parts(wanted: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """A few hundred at a time: SQLite takes no endless list."""
    return (wanted[at : at + 500] for at in range(0, len(wanted), 500))


def _told(rows: Sequence[Record], *, labels: bool, opened: Opened) -> Entry[N] | None:
    """The first row, the others as its rivals; None when it is only its owner's, and shut."""
    try:
        first, *rivals = (_entry(row, words_in(row, labels=labels, opened=opened)) for row in rows)
    except Refused:
        return None
    return replace(first, rivals=tuple(rivals)) if rivals else first


def _entry(row: Record, said: Noun | None) -> Entry[Any]:
    return Entry(
        said, row.id, row.thing, row.parent, row.space, row.author, row.seen_on, row.made_at
    )


def _last_words(groups: Sequence[tuple[Mark, ...]]) -> list[Mark]:
    """Of each removed thing the version it can come back as, where there is one."""
    replaced = [mark.replaces for group in groups for mark in group if mark.replaces]
    last: dict[UUID, Mark] = {}
    for part in _parts(replaced):
        rows = Record.objects.filter(id__in=part, removed=False).values_list(*Mark._fields)
        for mark in map(Mark._make, rows):
            last[mark.thing] = max(mark, last.get(mark.thing, mark), key=_order)
    return list(last.values())


def _order(one: Mark | Record | Entry[N]) -> tuple[datetime, datetime, UUID]:
    return one.seen_on, one.made_at, one.id


def _root(mark: Mark, known: dict[UUID, Mark]) -> UUID:
    """The first record of a chain of corrections (or the unseen one it starts from)."""
    walked: set[UUID] = set()
    here = mark
    while here.replaces is not None and here.id not in walked:
        walked.add(here.id)
        if here.replaces not in known:
            return here.replaces
        here = known[here.replaces]
    return here.id
