"""The journal of erasures: which ids went, in a file beside the keyring.

It lies outside the database and its backups, so that a backup put back cannot bring back what
was erased after it was made. It holds ids and times, nothing that anyone said. A line is synced
to the disk before the erasure begins, and a second one says that it is carried out; what was cut
short by a crash is found and finished at the next start.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from kith.base import clock, ids
from kith.records.durable import sync_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One erasure: the ids of records that go, and the owners whose keys are destroyed.

    `actor` asked for it; `act` is its code in the ledger. `lost` is the mark of the actor's own key
    that nothing opens any more, and which of their `classes` it opened: those keys go with it.
    """

    act: str
    actor: UUID
    owners: tuple[UUID, ...] = ()
    records: tuple[UUID, ...] = ()
    lost: str = ""
    classes: tuple[str, ...] = ()
    id: UUID = field(default_factory=ids.new)
    at: datetime = field(default_factory=clock.now)


def note(one: Erasure) -> None:
    """Write an erasure down before it begins."""
    told = {"owners": one.owners, "records": one.records, "act": one.act, "actor": one.actor}
    keys = {"lost": one.lost, "classes": one.classes} if one.lost else {}
    _append({"erase": one.id, "at": one.at.isoformat(), **told, **keys})


def note_done(one: Erasure) -> None:
    """Write down that it was carried out, to its last step."""
    _append({"done": one.id})


def erasures() -> list[Erasure]:
    """Every erasure that was begun, oldest first."""
    return [_read(line) for line in _lines() if "erase" in line]


def unfinished() -> list[Erasure]:
    """Those that a crash or a busy database cut short."""
    done = {line["done"] for line in _lines() if "done" in line}
    return [one for one in erasures() if str(one.id) not in done]


def journal_file() -> Path:
    """Where the journal is: beside the keyring, outside the database."""
    return Path(settings.KITH_KEYRING).with_name("erasures.log")


def _append(line: dict[str, Any]) -> None:
    """One write, then synced: the line first, so that what a crash tore is ended by it."""
    path = journal_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(line, default=_plain, separators=(",", ":"))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(f"\n{text}\n".encode())
        file.flush()
        os.fsync(handle)
    sync_folder(path.parent)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else str(value)


def _lines() -> Iterator[dict[str, Any]]:
    """Whole lines only: what a crash tore was not begun."""
    path = journal_file()
    for text in path.read_text().splitlines() if path.exists() else ():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        yield line


def _read(line: dict[str, Any]) -> Erasure:
    return Erasure(
        id=UUID(line["erase"]),
        at=datetime.fromisoformat(line["at"]),
        act=line["act"],
        actor=UUID(line["actor"]),
        owners=tuple(map(UUID, line["owners"])),
        records=tuple(map(UUID, line["records"])),
        lost=line.get("lost", ""),
        classes=tuple(line.get("classes", ())),
    )
