"""Keys of people and spaces, wrapped, in a file of their own outside the database.

Three things lie apart: the database (sealed bytes), this keyring (wrapped keys) and the
wrapping key (a file of mode 0600, or the one that KITH_WRAPPING_KEY names). Destroying a key
makes everything sealed under it unreadable, also in old backups of the database.

Wrapping is AES-256-GCM with owner and class as associated data, so that a wrapped key
cannot be passed off as another's.
"""

import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kith.base.problems import Gone, Invalid

_TABLE = """
create table if not exists key (
  owner text not null, class text not null, wrapped blob not null, primary key (owner, class)
) without rowid
"""


class Key(NamedTuple):
    """An opened key: its 32 bytes, and the cipher that uses them."""

    raw: bytes
    cipher: AESGCM


class Keyring:
    """The keys of one installation. Opening it makes it if it is not there."""

    def __init__(self, path: Path, wrapping_key: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        self._wrap = AESGCM(_wrapping_key(wrapping_key, fresh=not path.exists()))
        self._open: dict[tuple[UUID, str], Key] = {}
        self._seen, self._asked = -1, -1.0
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        path.chmod(0o600)
        self._db.execute("pragma journal_mode=delete")
        # Extra, because a key made or destroyed just before the power goes must stay so: with
        # less, SQLite does not sync the folder its journal was in, and the journal undoes it.
        self._db.execute("pragma synchronous=extra")
        self._db.execute("pragma secure_delete=on")
        self._db.execute(_TABLE)

    def key(self, owner: UUID, of: str) -> Key:
        """The key of `owner` for the class `of`. Raises Gone when it was destroyed."""
        with self._fresh():
            found = self._open.get((owner, of)) or self._read(owner, of)
        if found is None:
            raise Gone("key-destroyed")
        return found

    def key_to_seal(self, owner: UUID, of: str) -> Key:
        """As `key`, but made now if the owner has none of this class yet."""
        with self._fresh():
            found = self._open.get((owner, of)) or self._read(owner, of)
            return found or self._make(owner, of)

    def destroy(self, owner: UUID) -> None:
        """Destroy every key of `owner`, for good."""
        with self._fresh():
            self._db.execute("delete from key where owner = ?", (str(owner),))
            self._open = {name: key for name, key in self._open.items() if name[0] != owner}

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def copy_to(self, path: Path) -> None:
        """A copy of the keyring as it is now (its keys stay wrapped)."""
        with self._lock, closing(sqlite3.connect(path)) as copy:
            self._db.backup(copy)
        path.chmod(0o600)

    @contextmanager
    def _fresh(self) -> Iterator[None]:
        """Hold the lock; forget opened keys when another process changed the file.

        The file is asked at most fifty times a second: a page opens hundreds of records.
        """
        with self._lock:
            if time.monotonic() - self._asked > 0.02:
                version = self._db.execute("pragma data_version").fetchone()[0]
                if version != self._seen:
                    self._open, self._seen = {}, version
                self._asked = time.monotonic()
            yield

    def _read(self, owner: UUID, of: str) -> Key | None:
        row = self._db.execute(
            "select wrapped from key where owner = ? and class = ?", (str(owner), of)
        ).fetchone()
        if row is None:
            return None
        return self._keep(owner, of, self._unwrap(owner, of, row[0]))

    def _make(self, owner: UUID, of: str) -> Key:
        key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
        wrapped = nonce + self._wrap.encrypt(nonce, key, _about(owner, of))
        self._db.execute("insert or ignore into key values (?, ?, ?)", (str(owner), of, wrapped))
        made = self._read(owner, of)
        if made is None:  # pragma: no cover - the row was written on the line above
            raise Gone("key-destroyed")
        return made

    def _unwrap(self, owner: UUID, of: str, wrapped: bytes) -> bytes:
        try:
            return self._wrap.decrypt(wrapped[:12], wrapped[12:], _about(owner, of))
        except InvalidTag:
            raise Invalid("wrapping-key-does-not-fit") from None

    def _keep(self, owner: UUID, of: str, key: bytes) -> Key:
        self._open[owner, of] = opened = Key(key, AESGCM(key))
        return opened


def _about(owner: UUID, of: str) -> bytes:
    return b"kith/key/1|" + owner.bytes + of.encode()


def _wrapping_key(path: Path, *, fresh: bool) -> bytes:
    """Read the wrapping key, or make it with a new keyring. Refuses one that others may read."""
    if not path.exists():
        if not fresh:
            raise Invalid("wrapping-key-missing")
        _write_key(path)
    if path.stat().st_mode & 0o077:
        raise Invalid("wrapping-key-readable-by-others")
    key = path.read_bytes()
    if len(key) != 32:
        raise Invalid("wrapping-key-damaged")
    return key


def _write_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
