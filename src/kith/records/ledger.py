"""The ledger: one line an act, each bound to the one before it.

A line's hash is SHA-256 over the hash before it and the canonical JSON of the line. The
number and hash of the last line are also written to a file beside the keyring, outside the
database, so that cutting off the end is found too.
"""

import hashlib
import json
import logging
import os
import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from kith.base import clock
from kith.records.models import LedgerLine, Record
from kith.records.sealing import keyring, seal_of

FIRST = "0" * 64
INSTALLATION = UUID(int=0)
"""The actor of what nobody in particular does: erasing again after a restore."""
ERASED = "erased:"
"""What stands in a line before the id of a record that the act erased."""
_LOCK = 0x6B697468
_noting = threading.Lock()
_log = logging.getLogger(__name__)


def write(
    act: str,
    actor: UUID,
    records: Iterable[Record],
    also: Iterable[str] = (),
    using: str = "default",
) -> LedgerLine:
    """Add the line of one act, inside its transaction. `also` names what is not a record.

    In a database that is yet to take this one's place (`using`), the last line is not noted.
    """
    wait_for_turn(using)
    last = LedgerLine.objects.using(using).order_by("-number").first()
    line = LedgerLine(
        number=last.number + 1 if last else 1,
        at=clock.now().isoformat(),
        act=act,
        actor=seal_of_actor(actor),
        seals=[[str(record.id), seal_of(record)] for record in records]
        + [[name, ""] for name in also],
        before=last.hash if last else FIRST,
    )
    line.hash = hash_of(line)
    line.save(force_insert=True, using=using)
    number, head = line.number, line.hash
    if using == "default":
        transaction.on_commit(lambda: note_head(number, head))
    return line


def hash_of(line: LedgerLine) -> str:
    """The hash that binds `line` to the one before it, as hex."""
    text = json.dumps(
        [line.number, line.at, line.act, line.actor, line.seals], separators=(",", ":")
    )
    return hashlib.sha256((line.before + text).encode()).hexdigest()


def seal_of_actor(actor: UUID) -> str:
    """The actor under a salted hash; the salt is a key of theirs, destroyed with the others."""
    salt = b"" if actor == INSTALLATION else keyring().key_to_seal(actor, "ledger").raw
    return hashlib.sha256(salt + actor.bytes).hexdigest()


def note_head(number: int, head: str) -> None:
    """Write the last line's number and hash to its file, if it is the newest.

    Acts that end side by side take turns, or one would put its file in the place of another's.
    The line itself stands by then, so a disk that is full here must not undo what was answered.
    """
    with _noting:
        known = read_head()
        if known and known[0] >= number:
            return
        try:
            _write_head(f"{number} {head}\n")
        except OSError:
            _log.warning("the last line of the ledger could not be noted beside the keyring")


def _write_head(text: str) -> None:
    path = head_file()
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(text)
    fresh.replace(path)


def read_head() -> tuple[int, str] | None:
    """The number and hash noted in the head file, or None when there is none."""
    try:
        number, head = head_file().read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return int(number), head


def last_time() -> datetime | None:
    """When the last line was written, by the clock of that day; None where there is none."""
    last = LedgerLine.objects.order_by("-number").values_list("at", flat=True).first()
    return datetime.fromisoformat(last) if last else None


def head_file() -> Path:
    """Where the last line is noted: beside the keyring, outside the database."""
    return Path(settings.KITH_KEYRING).with_name("ledger.head")


def wait_for_turn(using: str = "default") -> None:
    """One writer at a time, so that the chain has one end (SQLite sees to it by itself)."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
