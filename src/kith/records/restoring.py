"""Putting a backup back: proven equal in a new place first, then put in place at one moment.

1. Everything is read into a new place: another file on SQLite, one transaction on PostgreSQL.
2. It is proven there: each table says again, byte for byte, what the backup said; the ledger and
   every seal in it hold; every word opens with the keyring that is to be there.
3. What was erased since is erased again, from the journal, also from a keyring that is put back
   with it. A line in the ledger says that a backup was put back.
4. A note is written of what takes whose place. From there on a crash is finished at the next
   start; before it, nothing had happened.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.models import Exists, ForeignKey, Model, OuterRef, Q

from kith.base import clock
from kith.base.problems import Invalid
from kith.records import dump, erasure, journal, ledger, shape
from kith.records.backup import read
from kith.records.durable import sync_folder
from kith.records.keyring import Keyring
from kith.records.models import LettingGo, Record, Waiting
from kith.records.names import names_fit
from kith.records.only_me import OwnKeys, carry_over
from kith.records.sealing import close_keyrings, fits, keyring, reading_with, source
from kith.records.verify import verify
from kith.records.wrapping import Source

Moves = list[tuple[Path, Path]]


class _Backup(NamedTuple):
    """A backup, the keyring that opens it, and the steps that made its tables."""

    data: Path
    ring: Keyring
    steps: list[shape.Step]


def restore(data: Path, keys: Path | None = None, wrapped_by: Path | None = None) -> int:
    """Put back what `data` holds, with `keys` if given. Returns the number of ledger lines in it.

    `wrapped_by` is the file of the wrapping key that `keys` was copied under, where the wrapping
    key was changed since. Raises Invalid when anything does not fit; then nothing has changed.
    """
    with _staged(keys, wrapped_by) as (ring, moves):
        steps = read(data, ring, keep=lambda row: None).shape  # a damaged one costs no new place
        if not shape.is_known(steps):
            raise Invalid("backup-newer")
        postgresql = connections["default"].vendor == "postgresql"
        number = (_into_tables if postgresql else _into_file)(_Backup(data, ring, steps), moves)
    finish()
    return number


def finish() -> None:
    """Put in place what a restore had made ready, if it came that far. Else nothing to do."""
    note = _note_file()
    if not note.exists():
        return
    told = json.loads(note.read_text())
    head: dump.Head = (told["head"][0], told["head"][1])
    moves = [(Path(fresh), Path(there)) for fresh, there in told["moves"]]
    if _came_that_far(head):
        _put_in_place(moves)
        ledger.head_file().unlink(missing_ok=True)
        ledger.note_head(*head)
    for fresh, _there in moves:
        fresh.unlink(missing_ok=True)
    note.unlink()


def _fill(held: _Backup, using: str) -> int:
    """Fill tables of the shape of that day, prove them, take the steps since, and erase again."""
    shape.build(held.steps, using)
    with transaction.atomic(using=using):
        head = _load(held, using)
    with reading_with(held.ring):
        shape.finish(using)
    found = verify(using, head=head)
    if not found.holds or found.lines != head[0]:
        raise Invalid("backup-does-not-prove")
    with reading_with(held.ring):
        _prove_opens(using)
    with transaction.atomic(using=using), reading_with(held.ring):
        erasure.replay(using)
        _wait_anew(using)
        ledger.write("restore", ledger.INSTALLATION, [], ["restore"], using)
    return head[0]


def _prove_opens(using: str) -> None:
    """Every word and every name opens with the key there, if the server has one that opens it.

    After a keyring was lost, someone's key can be another than on the day of an older backup.
    """
    # All are read, so that no cursor is left open on a database that is then put away.
    strange = sum(not fits(record) for record in Record.objects.using(using).iterator(2000))
    if strange or not names_fit(using):
        raise Invalid("backup-keys-other")


def _load(held: _Backup, using: str) -> dump.Head:
    """Every row, and then each table must say again, byte for byte, what the backup said."""
    models = shape.models_of(held.steps)
    tables = shape.our_tables(models)
    reader = read(held.data, held.ring, dump.put_in(using, models))
    for model in tables:
        if dump.digest_of(model, using) != reader.digests.get(model._meta.label_lower):
            raise Invalid("backup-does-not-prove")
    while any(_let_go(model, using) for model in tables):
        pass
    _count_on(tables, using)
    return reader.head


def _let_go(model: type[Model], using: str) -> int:
    """Delete rows that hang on something which stayed shut, as its owner is erased."""
    there, gone = model._base_manager.using(using), 0
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            target = field.related_model._base_manager.using(using)
            named = Q(**{f"{field.attname}__isnull": False})
            stands = Exists(target.filter(pk=OuterRef(field.attname)))
            gone += there.filter(named & ~stands)._raw_delete(using)
    return gone


def _wait_anew(using: str) -> None:
    """Whoever was waiting then may have thought again since: the time starts anew."""
    due = clock.now() + erasure.WAIT
    for waiting in (Waiting, LettingGo):
        waiting.objects.using(using).filter(due__lt=due).update(due=due)


def _count_on(tables: list[type[Model]], using: str) -> None:
    """Numbers that a database gives by itself go on after the highest that came in."""
    with connections[using].cursor() as cursor:
        for statement in connections[using].ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


@contextmanager
def _staged(keys: Path | None, wrapped_by: Path | None) -> Iterator[tuple[Keyring, Moves]]:
    """The keyring to read with: today's, or a copy of `keys` in which what was erased is gone."""
    if keys is None:
        yield keyring(), []
        return
    there = Path(settings.KITH_KEYRING)
    there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = there.with_suffix(".restoring")
    _copy(keys, fresh)
    try:
        if wrapped_by is not None:
            _wrap_as_today(fresh, wrapped_by)
        ring = Keyring(fresh, source())
        if (today := _today()) is not None:
            carry_over(today, ring)
        for owner in (owner for one in journal.erasures() for owner in one.owners):
            ring.destroy(owner)
        for one in (one for one in journal.erasures() if one.lost):
            OwnKeys(ring, one.actor).let_go(one.lost, one.classes)
        yield ring, [(fresh, there)]
        ring.close()
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _wrap_as_today(fresh: Path, wrapped_by: Path) -> None:
    """A copy from before the wrapping key was changed opens with the one of today from now on."""
    today = source().read()
    if today is None:
        raise Invalid("wrapping-key-missing")
    ring = Keyring(fresh, Source(wrapped_by, lent=True))
    try:
        ring.wrap_under(today)
    finally:
        ring.close()


def _today() -> Keyring | None:
    """Today's keyring, if it is there and can be read: a lost one may be why one restores."""
    if not Path(settings.KITH_KEYRING).exists():
        return None
    try:
        return keyring()
    except (Invalid, sqlite3.DatabaseError):
        return None


def _copy(keys: Path, fresh: Path) -> None:
    try:
        content = keys.read_bytes()
    except OSError:
        raise Invalid("backup-unreadable") from None
    if not content.startswith(b"SQLite format 3\0"):
        raise Invalid("backup-unreadable")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _into_tables(held: _Backup, moves: Moves) -> int:
    """On PostgreSQL the note is written just before the commit, and counts if that came."""
    with shape.all_or_nothing():
        _drop_all()
        number = _fill(held, "default")
        _write_note(dump.head("default"), moves)
    return number


def _drop_all() -> None:
    """Every table and function of ours on PostgreSQL; the transaction around brings them back."""
    with connections["default"].cursor() as cursor:
        names = connections["default"].introspection.table_names(cursor)
        quoted = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f"drop table if exists {quoted} cascade")
        cursor.execute("drop function if exists kith_refuse, kith_only_erased cascade")


def _into_file(held: _Backup, moves: Moves) -> int:
    """On SQLite a file is filled and closed, and then noted as the one to take the place."""
    there = Path(connections["default"].settings_dict["NAME"])
    fresh = there.with_name("restoring.sqlite3")
    _away_with(fresh)
    try:
        with _database_in(fresh) as using:
            number = _fill(held, using)
            head = dump.head(using)
            with connections[using].cursor() as cursor:
                cursor.execute("pragma wal_checkpoint(truncate)")
        _write_note(head, [(fresh, there), *moves])
    except BaseException:
        _away_with(fresh)
        raise
    return number


@contextmanager
def _database_in(file: Path) -> Iterator[str]:
    """A database in a file of its own for the length of the block."""
    connections.settings["restoring"] = connections["default"].settings_dict | {"NAME": str(file)}
    try:
        yield "restoring"
    finally:
        connections["restoring"].close()
        del connections.settings["restoring"], connections["restoring"]


def _came_that_far(head: dump.Head) -> bool:
    """Whether what the note tells of is there to be put in place."""
    return connections["default"].vendor == "sqlite" or dump.head("default") == head


def _put_in_place(moves: Moves) -> None:
    close_keyrings()
    if connections["default"].vendor == "sqlite":
        connections["default"].close()
    for fresh, there in moves:
        if fresh.exists():
            for ending in ("-wal", "-shm"):
                there.with_name(there.name + ending).unlink(missing_ok=True)
            fresh.replace(there)
            sync_folder(there.parent)


def _write_note(head: dump.Head, moves: Moves) -> None:
    """From the moment this has its name, the restore is done or will be."""
    path = _note_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    with fresh.open("w") as file:
        json.dump({"head": head, "moves": [[str(a), str(b)] for a, b in moves]}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def _note_file() -> Path:
    return Path(settings.KITH_KEYRING).with_name("restoring.json")


def _away_with(fresh: Path) -> None:
    for leftover in fresh.parent.glob(f"{fresh.name}*"):
        leftover.unlink()
