"""Everything that a backup holds, as lines: one JSON object each, always in the same order.

A row that belongs to one person (their account, their place in a circle), or names a circle, is
sealed under a key of theirs of the class "account". When that key is destroyed, no old backup
tells any more what they were called. A table says whose its rows are: by `belongs_to`, the name
of a column, or by pointing at a person.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.core import serializers
from django.core.serializers.python import Deserializer
from django.db.models import ForeignKey, Model

from kith.base import clock
from kith.base.problems import Gone, Invalid
from kith.records import ledger, shape
from kith.records.keyring import Keyring
from kith.records.models import LedgerLine

Head = tuple[int, str]


def lines(using: str, ring: Keyring) -> Iterator[bytes]:
    """All lines of a backup of what is in `using`, whichever version of Kith made its tables."""
    steps = shape.shape_of(using)
    tables = shape.our_tables(shape.models_of(steps))
    yield _line({"kith": 2, "made": clock.now().isoformat(), "head": head(using), "shape": steps})
    for model in tables:
        yield _line({"table": model._meta.label_lower})
        digest, count = hashlib.sha256(), 0
        for row in rows(model, using):
            wire = _sealed(model, row, ring)
            digest.update(wire)
            count += 1
            yield wire
        yield _line({"end": model._meta.label_lower, "lines": count, "sha256": digest.hexdigest()})
    yield _line({"whole": len(tables)})


def rows(model: type[Model], using: str) -> Iterator[bytes]:
    """The rows of one table, canonical, in order of their keys."""
    every = model._default_manager.using(using).order_by("pk").iterator(2000)
    return (serializers.serialize("jsonl", [row]).encode() for row in every)


def head(using: str) -> Head:
    """The last line of the ledger there."""
    last = LedgerLine.objects.using(using).order_by("-number")
    return last.values_list("number", "hash").first() or (0, ledger.FIRST)


class Reader:
    """Takes the lines of a backup, one after the other, and says when one cannot be.

    Each row that a living key opens is handed to `keep`; what belonged to someone who is erased
    stays shut and is passed over. `digests` are those of what was kept, table by table.
    """

    def __init__(self, ring: Keyring, keep: Callable[[Any], None]) -> None:
        self._ring, self._keep = ring, keep
        self._wire, self._kept, self._count = hashlib.sha256(), hashlib.sha256(), 0
        self._table = ""
        self.digests: dict[str, str] = {}
        self.head: Head = (0, ledger.FIRST)
        self.shape: list[shape.Step] = []
        self.whole = False

    def take(self, line: bytes) -> None:
        """One line. Raises Invalid for one that does not belong there."""
        told = json.loads(line)
        if "kith" in told:
            self.head = (told["head"][0], told["head"][1])
            self.shape = [(room, name) for room, name in told["shape"]]
        elif "table" in told:
            self._table = told["table"]
            self._wire, self._kept, self._count = hashlib.sha256(), hashlib.sha256(), 0
        elif "end" in told:
            self._end(told)
        elif "whole" in told:
            self.whole = told["whole"] == len(self.digests)
        else:
            self._row(line, told)

    def _row(self, line: bytes, told: dict[str, Any]) -> None:
        self._wire.update(line)
        self._count += 1
        row = self._opened(told) if "sealed" in told else line
        if row is not None:
            self._kept.update(row)
            self._keep(json.loads(row))

    def _end(self, told: dict[str, Any]) -> None:
        found = {"end": self._table, "lines": self._count, "sha256": self._wire.hexdigest()}
        if told != found:
            raise Invalid("backup-damaged")
        self.digests[self._table] = self._kept.hexdigest()

    def _opened(self, told: dict[str, Any]) -> bytes | None:
        owner, sealed = UUID(told["owner"]), base64.b64decode(told["sealed"])
        try:
            key = self._ring.key(owner, "account")
            return key.cipher.decrypt(sealed[:12], sealed[12:], _about(self._table, owner))
        except Gone:
            return None
        except InvalidTag:
            raise Invalid("backup-damaged") from None


def put_in(using: str, models: Apps) -> Callable[[Any], None]:
    """What puts a row into the database `using`, as the models of its day have it."""

    class OfItsDay(Deserializer):
        @staticmethod
        def _get_model_from_node(model_identifier: str) -> type[Model]:
            return models.get_model(model_identifier)

    def keep(told: Any) -> None:
        for row in OfItsDay([told], using=using):
            row.object.save_base(raw=True, using=using, force_insert=True)

    return keep


def digest_of(model: type[Model], using: str) -> str:
    """The SHA-256 of all rows of one table."""
    digest = hashlib.sha256()
    for row in rows(model, using):
        digest.update(row)
    return digest.hexdigest()


def _sealed(model: type[Model], row: bytes, ring: Keyring) -> bytes:
    column = _belongs_to(model)
    if column is None:
        return row
    told = json.loads(row)
    whose = told["pk"] if column == "pk" else told["fields"][column]
    if whose is None:
        return row
    owner, nonce = UUID(whose), secrets.token_bytes(12)
    key = ring.key_to_seal(owner, "account")
    shut = nonce + key.cipher.encrypt(nonce, row, _about(model._meta.label_lower, owner))
    return _line({"owner": str(owner), "sealed": base64.b64encode(shut).decode()})


def _belongs_to(model: type[Model]) -> str | None:
    """Asked of the model of today: an older one has columns only, and does not know whose it is."""
    points = (
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.related_model._meta.label == settings.AUTH_USER_MODEL
    )
    try:
        today: Any = apps.get_model(model._meta.label)
    except LookupError:
        today = None
    told: str | None = getattr(today, "belongs_to", None)
    return told or next(points, None)


def _about(table: str, owner: UUID) -> bytes:
    return b"kith/backup/2|" + table.encode() + b"|" + owner.bytes


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
