"""Everything in one space, locked with a passphrase, and the way back from it.

One open line says how the key is made of the passphrase; the rest is locked by age. Inside, each
line is one record with its plain columns and the canonical bytes of what it says. Read back, under
other keys and with other salts, every reading of every thing as of any day is the same, and so are
the canonical bytes.

Where a space holds what people keep as *only me*, that is left out, and which classes is said.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

from kith.base import clock
from kith.base.problems import Clash, Gone, Invalid, Refused
from kith.records import age, ledger, stream
from kith.records.backup import snapshot
from kith.records.models import Erased, Instant, Record
from kith.records.nouns import noun_named
from kith.records.sealing import canonical, fill_with, keyring

Row = dict[str, Any]
PLAIN = ("id", "kind", "version", "thing", "parent", "space", "author", "seen_on", "made_at")
LATER = ("arrived", "replaces", "removed")


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive tells besides its records: which space, and whatever the room put in."""

    space: UUID
    told: dict[str, Any]
    records: int
    left_out: tuple[str, ...] = ()


def write(path: Path, passphrase: str, space: UUID, told: dict[str, Any]) -> Archive:
    """Write everything in `space` into a new file. Raises Invalid when it cannot be written."""
    written = _Written(space, told)
    head = _Head(secrets.token_hex(16))
    try:
        with path.open("xb") as file, snapshot():
            path.chmod(0o600)
            file.write(head.line())
            age.lock(stream.squeezed(written.lines()), file, head.identity(passphrase))
    except OSError:
        raise Invalid("archive-not-written") from None
    return Archive(space, told, written.count, tuple(sorted(written.left_out)))


def read(path: Path, passphrase: str) -> tuple[Archive, list[Row]]:
    """What an archive holds. Raises Invalid when it is not one, not whole, or stays shut."""
    told: list[Row] = []
    lines = stream.Lines(lambda line: told.append(json.loads(line)))
    try:
        with path.open("rb") as file:
            head = _Head.read(file.readline(400))
            age.unlock(file, lines.feed, head.identity(passphrase))
        first, *rows, end = told
        if not lines.ended or first["kith-archive"] != 1 or end != {"whole": len(rows)}:
            raise Invalid("archive-unreadable")
        return Archive(UUID(first["space"]), first["told"], len(rows)), rows
    except (OSError, Invalid, ValueError, KeyError, TypeError):
        raise Invalid("archive-unreadable") from None


def put_back(archive: Archive, rows: list[Row]) -> tuple[int, int]:
    """Keep every record that is not here yet, with one line in the ledger; call in a transaction.

    Returns how many came in, and how many stay away because they were erased here. Raises Gone
    when the space was erased, Clash when an id already says something else.
    """
    if Erased.objects.filter(id=archive.space).exists():
        raise Gone("erased")
    came, away = [], 0
    for row in rows:
        record = _record(row)
        if Erased.objects.filter(id__in=[record.id, record.author]).exists():
            away += 1
        elif _is_new(record, row):
            fill_with(record, *_says(row))
            record.save(force_insert=True)
            came.append(record)
    if came:
        ledger.write("archive.read", ledger.INSTALLATION, came, ["archive"])
    return len(came), away


@dataclass(frozen=True, slots=True)
class _Head:
    """The one open line of an archive: how its key is made of the passphrase, by argon2id.

    age can take a passphrase itself, but picks the work by how fast this computer is right now,
    and a slower one would then refuse to open it.
    """

    salt: str
    rounds: int = 3
    kibibytes: int = 1 << 16
    lanes: int = 4

    def line(self) -> bytes:
        return json.dumps({"kith": "archive", **asdict(self)}).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> "_Head":
        told = json.loads(line)
        if told.pop("kith") != "archive":
            raise Invalid("archive-unreadable")
        head = cls(**told)
        if not (head.rounds <= 20 and head.kibibytes <= 1 << 20 and head.lanes <= 16):
            raise Invalid("archive-unreadable")
        return head

    def identity(self, passphrase: str) -> Any:
        salt = bytes.fromhex(self.salt)
        work = (self.rounds, self.kibibytes, self.lanes, 32, Type.ID)
        return age.identity_of(hash_secret_raw(passphrase.encode(), salt, *work))


@dataclass
class _Written:
    """The lines of an archive as they are made, and what was counted on the way."""

    space: UUID
    told: dict[str, Any]
    count: int = 0
    left_out: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[bytes]:
        head = {"kith-archive": 1, "made": clock.now().isoformat(), "space": str(self.space)}
        yield _as_line(head | {"told": self.told})
        for record in Record.objects.filter(space=self.space).order_by("id").iterator(2000):
            try:
                row = _row(record)
            except Refused:
                self.left_out |= _shut(record)
                continue
            self.count += 1
            yield _as_line(row)
        yield _as_line({"whole": self.count})


def _as_line(told: Row) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _row(record: Record) -> Row:
    body, apart = (b"", None) if record.removed else canonical(record)
    plain = {name: _plain(record, name) for name in (*PLAIN, *LATER)}
    says = {"body": _text(body), "apart": None if apart is None else _text(apart)}
    return plain | says


def _plain(record: Record, name: str) -> Any:
    value = getattr(record, name)
    field = Record._meta.get_field(name)
    if isinstance(field, Instant):
        return field.get_prep_value(value)
    return str(value) if isinstance(value, UUID) else value


def _record(row: Row) -> Record:
    told: dict[str, Any] = {}
    for name in (*PLAIN, *LATER):
        field: Any = Record._meta.get_field(name)
        instant = isinstance(field, Instant)
        told[name] = field.from_db_value(row[name]) if instant else field.to_python(row[name])
    return Record(**told)


def _is_new(record: Record, row: Row) -> bool:
    known = Record.objects.filter(id=record.id).first()
    if known is None:
        return True
    if _row(known) != row:
        raise Clash("id-taken")
    return False


def _says(row: Row) -> tuple[bytes, bytes | None]:
    return b64decode(row["body"]), None if row["apart"] is None else b64decode(row["apart"])


def _shut(record: Record) -> set[str]:
    """The classes of key under which a record stays shut, as its author keeps them alone."""
    noun = noun_named(record.kind, record.version)
    return {of for of in (noun.__seals__, "labels") if keyring().is_own(record.author, of)}


def _text(content: bytes) -> str:
    return b64encode(content).decode()
