"""The one way in: an act keeps records and leaves one line in the ledger."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kith.base import clock, ids
from kith.base.problems import Clash, Gone
from kith.records import ledger
from kith.records.erased import refuse_erased
from kith.records.keyring import NONE, Opened
from kith.records.models import Erased, Record
from kith.records.nouns import Noun
from kith.records.sealing import fill, says_the_same


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be kept: the noun (None to remove) and where it belongs.

    `thing` is the stable id that survives corrections; a new thing takes the record's id.
    """

    kind: type[Noun]
    noun: Noun | None
    space: UUID
    author: UUID
    id: UUID = field(default_factory=ids.new)
    thing: UUID | None = None
    parent: UUID | None = None
    replaces: UUID | None = None
    seen_on: datetime | None = None
    made_at: datetime | None = None


class Act:
    """One act in progress. What it keeps gets one ledger line together."""

    def __init__(self, actor: UUID, code: str, opened: Opened = NONE) -> None:
        self.actor, self.code, self._opened = actor, code, opened
        self._kept: list[Record] = []
        self._also: list[str] = []
        self._owners = {actor}

    def keep(self, draft: Draft) -> Record:
        """Keep one record. The same id with the same words again changes nothing.

        Raises Clash when the id already says something else or is another's, Gone when its author
        erased it, Refused when the author keeps it as *only me* and has not opened it.
        """
        known = Record.objects.filter(id=draft.id).first()
        refuse_erased(draft.author, draft.id, *_owners(draft))  # asked always: see `erased`
        if draft.thing not in (None, draft.id):
            refuse_erased(draft.author, draft.thing)
        if known is not None:
            return _same(known, draft, self._opened)
        record = _insert(draft, self._opened)
        self._kept.append(record)
        self._owners |= set(_owners(draft))
        return record

    def also(self, what: str) -> None:
        """Name something besides records that this act touched ("grant:" and its id)."""
        self._also.append(what)

    def close(self) -> None:
        """Write the ledger line, if anything was done. Raises Gone when an erasure was quicker."""
        if self._kept or self._also:
            ledger.wait_for_turn()
            if Erased.objects.filter(id__in=self._owners).exists():
                raise Gone("erased")
            ledger.write(self.code, self.actor, self._kept, self._also)


@contextmanager
def act(actor: UUID, code: str, opened: Opened = NONE) -> Iterator[Act]:
    """One transaction for one act: all of it is kept, with its ledger line, or nothing is.

    `opened` are the keys of *only me* that the actor has opened.
    """
    with transaction.atomic():
        doing = Act(actor, code, opened)
        yield doing
        doing.close()


def _owners(draft: Draft) -> tuple[UUID, ...]:
    """Whoever's key would seal it must still be there."""
    kept_by_space = draft.kind.__kept_by__ == "space"
    return (draft.author, draft.space) if kept_by_space else (draft.author,)


def _insert(draft: Draft, opened: Opened) -> Record:
    now = clock.now()
    _belongs(draft)
    record = Record(
        id=draft.id,
        kind=draft.kind.__kind__,
        version=draft.kind.__version__,
        thing=draft.thing or draft.id,
        parent=draft.parent,
        space=draft.space,
        author=draft.author,
        seen_on=clock.to_millisecond(draft.seen_on or draft.made_at or now),
        made_at=clock.to_millisecond(draft.made_at or now),
        arrived=now,
        replaces=draft.replaces,
        removed=draft.noun is None,
    )
    fill(record, draft.noun, opened)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:
        return _same(Record.objects.get(id=draft.id), draft, opened)
    return record


def _belongs(draft: Draft) -> None:
    """A thing stays in its space and of its kind; nothing else may speak for it."""
    if draft.thing in (None, draft.id):
        return
    told = Record.objects.filter(thing=draft.thing)
    if told.exclude(space=draft.space, kind=draft.kind.__kind__).exists():
        raise Clash("thing-elsewhere")


def _same(known: Record, draft: Draft, opened: Opened) -> Record:
    belongs = (known.kind, known.space, known.author, known.thing)
    if belongs != (draft.kind.__kind__, draft.space, draft.author, draft.thing or draft.id):
        raise Clash("id-taken")
    if not says_the_same(known, draft.noun, opened):
        raise Clash("id-taken")
    return known
