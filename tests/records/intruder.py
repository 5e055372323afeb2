"""Someone who holds everything the server holds, and tries all of it on one sealed text."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from kith.records.models import Record
from kith.records.sealing import keyring

KEY, WRAPPED = 32, 12 + 32 + 16


def opens(record: Record, folders: Iterable[Path], classes: Iterable[str]) -> bool:
    """Whether anything in these folders or in any table opens what `record` says.

    Every 32 bytes in a row anywhere are tried as its key, and every 60 in a row as its key wrapped
    by any key the server can get at, as whatever it may have been wrapped for.
    """
    held = [*_files(folders), *_tables(record)]
    known = set(_known())
    pieces = {held_[at : at + KEY] for held_ in held for at in range(len(held_) - KEY + 1)}
    if any(_fits(key, record) for key in pieces | known):
        return True
    if _by_some_lock(record, {*known, *_short_pieces(record)}):
        return True
    abouts = [head + record.author.bytes + of.encode() for of in classes for head in _HEADS]
    wrapped = {held_[at : at + WRAPPED] for held_ in held for at in range(len(held_) - WRAPPED + 1)}
    return any(
        (key := _unwrapped(one, by, about)) and _fits(key, record)
        for by in map(AESGCM, known)
        for about in abouts
        for one in wrapped
    )


def _by_some_lock(record: Record, secrets: Iterable[bytes]) -> bool:
    """Whether one of these, told as a passkey's secret or a sheet's words, leads to its key."""
    rows = list(keyring().file.rows("select owner, way, wrapped from lock"))
    own = list(keyring().file.rows("select owner, class, wrapped from own"))
    for owner, way, locked in rows:
        kind = way.partition("/")[0]
        for secret in secrets if kind != "passphrase" else ():
            hkdf = HKDF(SHA256(), 32, salt=locked[:16], info=b"kith/lock/1|" + kind.encode())
            about = b"kith/own/1|" + UUID(owner).bytes
            key = _unwrapped(locked[16:], AESGCM(hkdf.derive(secret)), about + way.encode())
            for whose, of, wrapped in own if key else ():
                inner = whose == owner and _unwrapped(wrapped, AESGCM(key), about + of.encode())
                if inner and _fits(inner, record):
                    return True
    return False


def _short_pieces(record: Record) -> Iterator[bytes]:
    """Every 32 bytes in a row of what stands in tables and sessions."""
    for held in _tables(record):
        yield from (held[at : at + KEY] for at in range(len(held) - KEY + 1))


_HEADS = (b"kith/key/1|", b"kith/own/1|", b"kith/leaf/1|")


def _files(folders: Iterable[Path]) -> Iterator[bytes]:
    return (path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())


def _tables(record: Record) -> Iterator[bytes]:
    """All that stands in any table, but for the sealed texts of other records."""
    for model in apps.get_models():
        for row in model._base_manager.values():
            for value in row.values():
                yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        if hasattr(model, "get_session_store_class"):
            for row in model._base_manager.all():
                yield from _held_in(row.get_decoded())


def _held_in(session: "dict[str, object] | SessionBase") -> Iterator[bytes]:
    from base64 import b64decode
    from binascii import Error

    for value in dict(session).values():
        try:
            yield b64decode(str(value), validate=True)
        except (Error, ValueError):
            yield str(value).encode()


def _known() -> Iterator[bytes]:
    """Every key the server itself can open, and the secret it signs with."""
    ring = keyring()
    yield ring.source.read().raw  # type: ignore[union-attr]
    for owner, of in ring.file.rows("select owner, class from key"):
        yield ring.key(UUID(owner), of).raw
    yield settings.SECRET_KEY.encode()[:KEY].ljust(KEY, b"\0")


def _fits(key: bytes, record: Record) -> bool:
    about = f"kith/record/1|{record.kind}|{record.version}|words|".encode()
    sealed = bytes(record.body)
    try:
        AESGCM(key).decrypt(sealed[:12], sealed[12:], about + record.id.bytes + record.author.bytes)
    except InvalidTag:
        return False
    return True


def _unwrapped(wrapped: bytes, by: AESGCM, about: bytes) -> bytes | None:
    try:
        return by.decrypt(wrapped[:12], wrapped[12:], about)
    except InvalidTag:
        return None
