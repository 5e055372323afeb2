"""A copy of everything in the database, locked, and apart from it a copy of the keyring.

A backup is one stream of lines (see `dump`), squeezed and locked with age for an identity that
lies in the keyring: today's keyring opens every backup ever made, and a stolen one opens nothing.
A cut or a changed byte anywhere is found. It is read back before it gets its name.

Copies of the keyring hold what was erased since, so they are kept for thirty days at most.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from kith.base import clock
from kith.base.problems import Invalid
from kith.records import age, dump, stream
from kith.records.durable import sync_folder
from kith.records.intake import intake_public
from kith.records.keyring import Keyring
from kith.records.ledger import INSTALLATION
from kith.records.sealing import keyring

KEYS_KEPT = timedelta(days=30)
"""How long a copy of the keyring is kept at most."""


@dataclass(frozen=True, slots=True)
class Backup:
    """The two files of one backup, to be kept apart, and the old copies of keys that went."""

    data: Path
    keys: Path
    removed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Last:
    """The last good backup, and when one failed since, if it did."""

    made: datetime | None
    file: str
    failed: datetime | None


def back_up(folder: Path) -> Backup:
    """Write a backup into `folder`. A half-written one never bears the final name.

    Raises OSError when it cannot be written there, Invalid when it does not read back.
    """
    try:
        made = _back_up(folder)
    except BaseException:
        _note(failed=clock.now().isoformat())
        raise
    _note(made=clock.now().isoformat(), file=made.data.name, failed=None)
    return made


def prove_readable(made: Backup) -> None:
    """Read all of a backup with the keyring that lies beside it. Raises Invalid when it fails."""
    with closing(sqlite3.connect(f"file:{made.keys}?mode=ro", uri=True)) as keys:
        if keys.execute("pragma integrity_check").fetchone() != ("ok",):
            raise Invalid("backup-damaged")
    read(made.data, keyring(), keep=lambda row: None)


def last_backup() -> Last:
    """What is known of the backups that this installation made."""
    told = _noted()
    made, failed = (
        told[name] and datetime.fromisoformat(told[name]) for name in ("made", "failed")
    )
    return Last(made or None, told["file"], failed or None)


def read(path: Path, ring: Keyring, keep: Callable[[Any], None]) -> dump.Reader:
    """Read a backup from end to end. Raises Invalid unless every byte of it is as written."""
    reader = dump.Reader(ring, keep)
    lines = stream.Lines(reader.take)
    try:
        with path.open("rb") as file:
            age.unlock(file, lines.feed, identity_in(ring))
    except OSError:
        raise Invalid("backup-unreadable") from None
    if not lines.ended or not reader.whole:
        raise Invalid("backup-damaged")
    return reader


def identity_in(ring: Keyring) -> Any:
    """The age identity that opens all backups of this installation."""
    return age.identity_of(ring.key_to_seal(INSTALLATION, "backup").raw)


def _back_up(folder: Path) -> Backup:
    folder.mkdir(parents=True, exist_ok=True)
    intake_public()  # its key is there before the keys are copied: devices seal to it from now on
    now = clock.now()
    stem = f"kith-{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03d}"
    made = Backup(folder / f"{stem}.age", folder / f"{stem}.keys", _old_keys(folder))
    unfinished = made.data.with_suffix(".part")
    try:
        _write(unfinished)
        keyring().copy_to(made.keys)
        read(unfinished, keyring(), keep=lambda row: None)
        unfinished.replace(made.data)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(folder)
    for old in made.removed:
        old.unlink(missing_ok=True)
    return made


def _write(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out, snapshot():
        age.lock(stream.squeezed(dump.lines("default", keyring())), out, identity_in(keyring()))
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def snapshot() -> Iterator[None]:
    """The database as it stands at one moment, while others go on writing."""
    connection = connections["default"]
    if connection.in_atomic_block:  # the caller's moment
        yield
    elif connection.vendor == "sqlite":
        with _reading(connection), transaction.atomic():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read")
            yield


@contextmanager
def _reading(connection: Any) -> Iterator[None]:
    """Transactions that do not ask for the turn to write."""
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual


def _old_keys(folder: Path) -> tuple[Path, ...]:
    """Our own copies of the keyring in this folder that are too old to be kept."""
    oldest = f"kith-{clock.now() - KEYS_KEPT:%Y%m%d-%H%M%S}"
    return tuple(sorted(path for path in folder.glob("kith-*-*.keys") if path.stem < oldest))


def _noted() -> dict[str, Any]:
    told: dict[str, Any] = {}
    with suppress(FileNotFoundError, ValueError):
        told = json.loads(_note_file().read_text())
    return {"made": None, "file": "", "failed": None} | told


def _note(**told: Any) -> None:
    path = _note_file()
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(json.dumps(_noted() | told))
    fresh.replace(path)


def _note_file() -> Path:
    return Path(settings.KITH_HOME) / "backup.json"
