"""Names in ordinary tables: what people, circles and passkeys are called, sealed like all words.

A room writes, for a row that `belongs_to` somebody ("pk", or the name of a foreign key)::

    sealed_name = SealedName()
    name = name_in("sealed_name")

The database, its log and its backups then hold sealed bytes alone, under a key of the class
"account"; when that key is destroyed the name is nowhere any more. What must be found by its name
has a `mark` of it beside, which nobody without the keyring can make.
"""

import hmac
import secrets
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import models

from kith.base.problems import Gone
from kith.records.intake import NOBODY
from kith.records.sealing import keyring

if TYPE_CHECKING:
    _Binary = models.BinaryField[bytes | None, bytes | None]
else:
    _Binary = models.BinaryField


def mark_of(name: str) -> str:
    """What a name is found by, however it is written: HMAC-SHA-256 under a key in the keyring."""
    key = keyring().key_to_seal(NOBODY, "names").raw
    return hmac.digest(key, name.casefold().encode(), "sha256").hex()


def seal_name(owner: UUID, about: str, name: str) -> bytes:
    """`name` under a key of `owner`, bound to the column it is for. Nothing stays nothing."""
    if not name:
        return b""
    nonce = secrets.token_bytes(12)
    key = keyring().key_to_seal(owner, "account")
    return nonce + key.cipher.encrypt(nonce, name.encode(), _bound(owner, about))


def open_name(owner: UUID, about: str, sealed: bytes) -> str:
    """The name in `sealed`; nothing once its key is destroyed."""
    if not sealed:
        return ""
    try:
        key = keyring().key(owner, "account")
    except Gone:
        return ""
    return key.cipher.decrypt(sealed[:12], sealed[12:], _bound(owner, about)).decode()


class SealedName(_Binary):
    """The column of a sealed name. It is sealed as it is saved: a row never saved makes no key."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The sealed bytes of what the row says since it was read."""
        told = model_instance.__dict__.get(_said(self.attname))
        if told is not None:
            owner, about = _owner_of(model_instance), _about(model_instance, self.attname)
            setattr(model_instance, self.attname, seal_name(owner, about, told))
        return super().pre_save(model_instance, add)


def name_in(column: str) -> Any:
    """A property of a row: the name in its column, to read and to say anew."""

    def get(row: models.Model) -> str:
        told: str | None = row.__dict__.get(_said(column))
        if told is None:
            sealed = bytes(getattr(row, column) or b"")
            told = open_name(_owner_of(row), _about(row, column), sealed)
        return told

    def put(row: models.Model, name: str) -> None:
        row.__dict__[_said(column)] = name

    return property(get, put)


def names_fit(using: str) -> bool:
    """Whether every name in a database opens, as far as its key is there."""
    # All are read, so that no cursor is left open on a database that is then put away.
    return not sum(not _opens(row, column) for row, column in _all_sealed(using))


def _all_sealed(using: str) -> Iterator[tuple[models.Model, str]]:
    for model in apps.get_models():
        fields = [f.attname for f in model._meta.concrete_fields if isinstance(f, SealedName)]
        if fields:
            rows = model._base_manager.using(using).iterator(2000)
            yield from ((row, column) for row in rows for column in fields)


def _opens(row: models.Model, column: str) -> bool:
    sealed = bytes(getattr(row, column) or b"")
    try:
        open_name(_owner_of(row), _about(row, column), sealed)
    except InvalidTag:
        return False
    return True


def by_name(rows: Iterable[Any]) -> list[Any]:
    """Rows in order of their names, which no database can tell."""
    return sorted(rows, key=lambda row: (row.name.casefold(), str(row.pk)))


def _owner_of(row: models.Model) -> UUID:
    whose: str = row.belongs_to  # type: ignore[attr-defined]
    owner: UUID = row.pk if whose == "pk" else getattr(row, f"{whose}_id")
    return owner


def _about(row: models.Model, column: str) -> str:
    return f"{row._meta.label_lower}.{column}"


def _said(column: str) -> str:
    return f"_said_in_{column}"


def _bound(owner: UUID, about: str) -> bytes:
    return b"kith/name/1|" + about.encode() + b"|" + owner.bytes
