"""Erasing: rows go, keys are destroyed, ids stay in `erased` so that nothing comes back.

The steps, in this order, so that a crash between any two is finished at the next start:

1. the journal says what is to go (synced to the disk);
2. one transaction: ids into `erased`, rows deleted, one ledger line without content;
3. the owners' keys are destroyed, or those that were let go of: that shuts every old backup too;
4. what the database keeps of deleted rows goes: SQLite's log is emptied, and on PostgreSQL the
   tables that say who someone is are written anew;
5. the journal says that it is done.

Each step may be done twice. What a circle keeps together is sealed with the circle's key and
stays, as does a keeper's taking away of someone else's words: it holds none.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connections, models, transaction
from django.db.models import Q

from kith.records import journal, ledger
from kith.records.erased import NO_RECORD, UNTOLD, mark_of
from kith.records.journal import Erasure
from kith.records.models import Erased, LedgerLine, Record
from kith.records.nouns import all_nouns
from kith.records.only_me import OwnKeys
from kith.records.sealing import keyring

_GROUND: tuple[type[models.Model], ...] = (Record, LedgerLine, Erased)
WAIT = timedelta(days=7)
"""How long one can still think again."""
_PATIENCE = 5.0  # seconds to wait for readers before the log can be emptied


def of_person(person: UUID, notebook: UUID) -> list[UUID]:
    """The ids of all that goes with a person: what is theirs, and what lies in their notebook."""
    own = Q(author=person, kind__in=_kept_by_authors())
    made = set(Record.objects.filter(own, id=models.F("thing")).values_list("thing", flat=True))
    theirs = Record.objects.filter(own | Q(space=notebook)).values_list("id", "thing", "removed")
    goes = {id for id, thing, removed in theirs if not removed or thing in made}
    return list(goes | _about(made))


def of_space(space: UUID) -> list[UUID]:
    """The ids of what a circle keeps together; what its people said there stays their own."""
    kept = [noun.__kind__ for noun in all_nouns() if noun.__kept_by__ == "space"]
    return list(Record.objects.filter(space=space, kind__in=kept).values_list("id", flat=True))


def of_thing(author: UUID, thing: UUID) -> list[UUID]:
    """The ids of all versions of an author's thing, and of what hangs on it, however deep."""
    found, things = _tree(author, {thing})
    return list(found | _about(things))


def under(author: UUID, classes: Iterable[str]) -> list[UUID]:
    """The ids of all that someone said under these classes of their keys, every version of it."""
    return list(said_under(author, classes).values_list("id", flat=True))


def said_under(author: UUID, classes: Iterable[str]) -> models.QuerySet[Record]:
    """All that someone said under these classes of their keys."""
    wanted, named = set(classes), Q(id__in=())
    for noun in all_nouns():
        if noun.__kept_by__ == "author" and noun.__seals__ in wanted:
            named |= Q(kind=noun.__kind__, version=noun.__version__)
    return Record.objects.filter(named, author=author)


def hanging_on(author: UUID, things: Iterable[UUID]) -> set[UUID]:
    """The ids of an author's records of these things and of what hangs on them, however deep."""
    return _tree(author, set(things))[0]


def erase(one: Erasure) -> None:
    """Carry out an erasure. While someone reads, its last steps wait for `finish`."""
    journal.note(one)
    _carry_out(one)


def finish() -> int:
    """Carry out what was cut short or had to wait. Returns how many erasures there were."""
    waiting = journal.unfinished()
    for one in waiting:
        _carry_out(one)
    return len(waiting)


def replay(using: str) -> None:
    """Erase again, in a database put back from a backup, whatever was ever erased here."""
    for one in journal.erasures():
        with transaction.atomic(using=using):
            _take_rows(one, using, by=ledger.INSTALLATION)


def _carry_out(one: Erasure) -> None:
    with transaction.atomic():
        _take_rows(one, "default", by=one.actor)
    for owner in one.owners:
        keyring().destroy(owner)
    if one.lost:
        OwnKeys(keyring(), one.actor).let_go(one.lost, one.classes)
    if _leave_no_copy():
        journal.note_done(one)


def _take_rows(one: Erasure, using: str, by: UUID) -> None:
    ledger.wait_for_turn(using)
    _note_ids(one, using)
    gone = [id for part in _parts(one.records) for id in _delete(part, using)]
    for owner in one.owners:
        _forget(owner, using)
    others = sum(_sweep(model, one.owners, using) for model in _ordinary()) if one.owners else 0
    if gone or others:
        ledger.write(one.act, by, [], [f"{ledger.ERASED}{id}" for id in gone], using)


def _note_ids(one: Erasure, using: str) -> None:
    """The ids, each record's with a mark of who asked, if they are still there to be told."""
    gone = {owner for each in journal.erasures() for owner in each.owners}
    marks = (UNTOLD if one.actor in gone else mark_of(one.actor, id) for id in one.records)
    rows = [Erased(id=id, at=one.at, mark=m) for id, m in zip(one.records, marks, strict=True)]
    rows += [Erased(id=id, at=one.at, mark=NO_RECORD) for id in one.owners]
    Erased.objects.using(using).bulk_create(
        rows, batch_size=500, update_conflicts=True, update_fields=["mark"], unique_fields=["id"]
    )


def _delete(part: Sequence[UUID], using: str) -> list[UUID]:
    there = Record.objects.using(using).filter(id__in=part)
    found = sorted(there.values_list("id", flat=True))
    there.delete()
    return found


def _ordinary() -> Iterator[type[models.Model]]:
    """Every ordinary table of any room: accounts, sessions, grants, ways to sign in."""
    return (model for model in apps.get_models() if model not in _GROUND and model._meta.managed)


def _forget(owner: UUID, using: str) -> None:
    """Where a row is another person's too, its table says itself how to forget one of them."""
    for model in _ordinary():
        if forget := getattr(model, "forget", None):
            forget(owner, using)


def _sweep(model: type[models.Model], owners: Iterable[UUID], using: str) -> int:
    """Delete the rows of a table that name one of `owners`, and what hangs on them."""
    named = [field.attname for field in model._meta.concrete_fields if _names_someone(field)]
    where = Q()
    for name in named:
        where |= Q(**{f"{name}__in": list(owners)})
    return model._base_manager.using(using).filter(where).delete()[0] if named else 0


def _names_someone(field: "models.Field[object, object]") -> bool:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return isinstance(target, models.UUIDField)


def _leave_no_copy() -> bool:
    """Get rid of what a database keeps of rows that are gone. False while others are in the way."""
    if connections["default"].in_atomic_block:  # the caller's: it waits for `finish`
        return False
    if connections["default"].vendor == "postgresql":
        return _rewrite()
    end = time.monotonic() + _PATIENCE
    while _someone_reads():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _someone_reads() -> bool:
    """Copy what SQLite wrote ahead into the database and cut its log; a reader is in the way."""
    with connections["default"].cursor() as cursor:
        cursor.execute("pragma wal_checkpoint(truncate)")
        return bool(cursor.fetchone()[0])


def _rewrite() -> bool:
    """Write the tables that say who someone is anew: PostgreSQL keeps deleted rows in the old."""
    names = [model._meta.db_table for model in _ordinary() if _says_who(model)]
    with connections["default"].cursor() as cursor:
        cursor.execute(f"set lock_timeout = '{_PATIENCE:.0f}s'")
        try:
            for name in names:
                cursor.execute(f'vacuum (full, analyze) "{name}"')
        except OperationalError:
            return False
        finally:
            cursor.execute("reset lock_timeout")
    return True


def _says_who(model: type[models.Model]) -> bool:
    points = (field.related_model for field in model._meta.concrete_fields)
    who = settings.AUTH_USER_MODEL
    return hasattr(model, "belongs_to") or any(p and p._meta.label == who for p in points)


def _kept_by_authors() -> list[str]:
    return [noun.__kind__ for noun in all_nouns() if noun.__kept_by__ == "author"]


def _tree(author: UUID, things: set[UUID]) -> tuple[set[UUID], set[UUID]]:
    """The records of these things and of what hangs on them, however deep; and all the things."""
    found, every, new = set[UUID](), set(things), set(things)
    while new:
        rows = _with(author, list(new))
        found |= {id for id, _thing in rows}
        new = {thing for _id, thing in rows} - every
        every |= new
    return found, every


def _with(author: UUID, things: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """The author's records of these things and of what hangs on them, each with its thing."""
    mine = Record.objects.filter(author=author, kind__in=_kept_by_authors())
    rows = (
        mine.filter(Q(thing__in=part) | Q(parent__in=part)).values_list("id", "thing")
        for part in _parts(things)
    )
    return {row for part in rows for row in part}


def _about(things: Iterable[UUID]) -> set[UUID]:
    """Every record of these things, whoever made it: taking away is all others can do to them."""
    parts = _parts(list(things))
    rows = (Record.objects.filter(thing__in=part).values_list("id", flat=True) for part in parts)
    return {id for part in rows for id in part}


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """A few hundred at a time: SQLite takes no endless list."""
    return (ids[at : at + 500] for at in range(0, len(ids), 500))
