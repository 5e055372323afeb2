"""Keys of people and spaces, wrapped, in a file of their own outside the database.

Three things lie apart: the database (sealed bytes), this keyring (wrapped keys) and the
wrapping key (see `wrapping`). Destroying a key makes everything sealed under it unreadable, also
in old backups of the database. A class that its owner keeps as *only me* is not wrapped by the
wrapping key at all (see `only_me`): it opens with what the owner brings.

Rotating survives being stopped at any moment. One transaction wraps every key under the new
wrapping key, notes which one fits now, and hands the new key over wrapped by the old. Only then
is the file of the wrapping key replaced and the handing over forgotten. Whoever opens the keyring
between the two, with the old key, gets the new one from there and finishes what was left.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kith.base import clock
from kith.base.problems import Gone, Invalid, Refused
from kith.records.keyfile import KeyFile
from kith.records.wrapping import Source, WrappingKey, fresh_key, read_key, write_key

Opened = Mapping[tuple[UUID, str], bytes]
"""Keys of *only me* that their owner opened: owner and class, to the key itself."""

NONE: Opened = {}
_HANDOVER = b"kith/handover/1"


class Key(NamedTuple):
    """An opened key: its 32 bytes, and the cipher that uses them."""

    raw: bytes
    cipher: AESGCM


class Keyring:
    """The keys of one installation. Opening it makes it if it is not there."""

    def __init__(self, path: Path, source: Source) -> None:
        self.source = source
        if not path.exists() and not source.ours and source.read() is None:
            raise Invalid("wrapping-key-missing")
        self.file = KeyFile(path)
        self._open: dict[tuple[UUID, str], Key] = {}
        try:
            self._wrap = self._fitting()
        except BaseException:
            self.file.close()
            raise

    def key(self, owner: UUID, of: str, opened: Opened = NONE) -> Key:
        """The key of `owner` for the class `of`.

        Raises Refused when it is only the owner's and not among `opened`, Gone when destroyed.
        """
        with self._fresh():
            found = self._open.get((owner, of)) or self._read(owner, of)
            return found or self._own(owner, of, opened)

    def key_to_seal(self, owner: UUID, of: str, opened: Opened = NONE) -> Key:
        """As `key`, but made now if the owner has none of this class yet."""
        with self._fresh():
            found = self._open.get((owner, of)) or self._read(owner, of)
            return found or self._make(owner, of, opened)

    def destroy(self, owner: UUID) -> None:
        """Destroy every key of `owner`, for good."""
        with self._fresh(), self.file.writing():
            for table in ("key", "own", "lock", "gone"):
                self.file.do(f"delete from {table} where owner = ?", str(owner))  # noqa: S608
            self._open = {name: key for name, key in self._open.items() if name[0] != owner}

    def put(self, owner: UUID, of: str, key: bytes) -> None:
        """Keep a key, wrapped by the wrapping key. There must be none of this class yet."""
        with self.file.writing():
            wrapped = self._settled().wrap(key, _about(owner, of))
            self.file.do("insert into key values (?, ?, ?)", str(owner), of, wrapped)

    def forget_opened(self) -> None:
        """Read every key anew from the file from now on."""
        with self.file.lock:
            self._open = {}

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def copy_to(self, path: Path) -> None:
        """A copy of the keyring as it is now (its keys stay wrapped)."""
        self.file.copy_to(path)
        self.file.put_note("copied", clock.now().isoformat())

    def rotate(self, to: Path | None = None) -> bool:
        """Wrap every key under a new wrapping key; nothing that was said is sealed anew.

        With `to`, the new key is the one in that file, made there if it is not. Returns whether
        the new key is in place; else it is for whoever keeps the old one to replace it.
        Raises Refused without `to` where the key is not ours to replace, and while the new key
        of an earlier rotation is not in its place.
        """
        if to is None and not self.source.replaceable:
            raise Refused("wrapping-key-not-ours")
        with self._fresh(), self.file.writing():
            old = self._settled()
            new = _new_key(to)
            if new.fingerprint != old.fingerprint:
                if self.file.note("handover"):
                    raise Refused("rotation-unfinished")
                self._wrap_anew(old, new)
        self._wrap = self._fitting()
        return self.file.note("handover") is None

    def wrap_under(self, new: WrappingKey) -> None:
        """Wrap every key under `new`, which whoever opens this keyring from now on must have."""
        with self._fresh(), self.file.writing():
            old = self._settled()
            if new.fingerprint != old.fingerprint:
                self._wrap_anew(old, new)
                self.file.forget_note("handover")

    @contextmanager
    def _fresh(self) -> Iterator[None]:
        """Hold the lock; forget opened keys when another process changed the file."""
        with self.file.lock:
            if self.file.changed_elsewhere():
                self._open = {}
                if self.file.note("fits") != self._wrap.fingerprint:
                    self._wrap = self._fitting()
            yield

    def _fitting(self) -> WrappingKey:
        """The wrapping key that fits. Takes the turn to write only if something is to be done."""
        told = self.source.read()
        settled = self.file.note("handover") is None
        if told and settled and told.fingerprint == self.file.note("fits"):
            return told
        with self.file.writing():
            return self._settled()

    def _settled(self) -> WrappingKey:
        """The wrapping key that fits, with everything finished that a rotation left halfway."""
        fits, told = self.file.note("fits"), self.source.read()
        if fits is None:
            return self._first(told)
        if told is None:
            raise Invalid("wrapping-key-missing")
        if told.fingerprint == fits:
            self.file.forget_note("handover")
            return told
        return self._handed_over(told)

    def _handed_over(self, old: WrappingKey) -> WrappingKey:
        handed = self.file.note("handover")
        if handed is None:
            raise Invalid("wrapping-key-does-not-fit")
        new = WrappingKey(old.unwrap(bytes.fromhex(handed), _HANDOVER))
        if self.source.replaceable:
            write_key(self.source.file, new)
            self.file.forget_note("handover")
        return new

    def _first(self, told: WrappingKey | None) -> WrappingKey:
        """The key of a new keyring, or of one from before it was noted which key fits."""
        row = next(iter(self.file.rows("select owner, class, wrapped from key limit 1")), None)
        if row and told is None:
            raise Invalid("wrapping-key-missing")
        key = told or self.source.make()
        if row:
            key.unwrap(row[2], _about(UUID(row[0]), row[1]))
        self.file.put_note("fits", key.fingerprint)
        return key

    def _wrap_anew(self, old: WrappingKey, new: WrappingKey) -> None:
        for owner, of, wrapped in self.file.rows("select owner, class, wrapped from key"):
            about = _about(UUID(owner), of)
            again = new.wrap(old.unwrap(wrapped, about), about)
            self.file.do(
                "update key set wrapped = ? where owner = ? and class = ?", again, owner, of
            )
        self.file.put_note("fits", new.fingerprint)
        self.file.put_note("handover", old.wrap(new.raw, _HANDOVER).hex())

    def _read(self, owner: UUID, of: str) -> Key | None:
        wrapped = self._row(owner, of)
        if wrapped is None:
            return None
        try:
            return self._keep(owner, of, self._wrap.unwrap(wrapped, _about(owner, of)))
        except Invalid:
            return self._read_again(owner, of)

    def _read_again(self, owner: UUID, of: str) -> Key | None:
        """Another process may have rotated since this one last looked."""
        self._wrap = self._fitting()
        wrapped = self._row(owner, of)
        if wrapped is None:
            return None
        return self._keep(owner, of, self._wrap.unwrap(wrapped, _about(owner, of)))

    def _make(self, owner: UUID, of: str, opened: Opened) -> Key:
        with self.file.writing():
            self._wrap = self._settled()
            if self._row(owner, of) is None:
                if self.is_own(owner, of):
                    return self._own(owner, of, opened)
                self.put(owner, of, fresh_key().raw)
            made = self._read(owner, of)
        if made is None:  # pragma: no cover - the row was written a few lines above
            raise Gone("key-destroyed")
        return made

    def _row(self, owner: UUID, of: str) -> bytes | None:
        found: bytes | None = self.file.one(
            "select wrapped from key where owner = ? and class = ?", str(owner), of
        )
        return found

    def holds(self, owner: UUID, of: str) -> bool:
        """Whether the server can open the key of this class."""
        return self._row(owner, of) is not None

    def is_own(self, owner: UUID, of: str) -> bool:
        """Whether the key of this class is only its owner's."""
        asked = "select 1 from own where owner = ? and class = ?"
        return self.file.one(asked, str(owner), of) is not None

    def let_go_since(self, owner: UUID, of: str, moment: datetime) -> bool:
        """Whether the owner let go of the key that this class had at that moment."""
        asked = "select at from gone where owner = ? and class = ?"
        rows = self.file.rows(asked, str(owner), of)
        return any(moment <= datetime.fromisoformat(at) for (at,) in rows)

    def _own(self, owner: UUID, of: str, opened: Opened) -> Key:
        if not self.is_own(owner, of):
            raise Gone("key-destroyed")
        if (owner, of) not in opened:
            raise Refused("only-me-shut")
        raw = opened[owner, of]
        return Key(raw, AESGCM(raw))

    def _keep(self, owner: UUID, of: str, key: bytes) -> Key:
        self._open[owner, of] = opened = Key(key, AESGCM(key))
        return opened


def _about(owner: UUID, of: str) -> bytes:
    return b"kith/key/1|" + owner.bytes + of.encode()


def _new_key(to: Path | None) -> WrappingKey:
    known = read_key(to) if to else None
    if known is not None:
        return known
    key = fresh_key()
    if to:
        write_key(to, key)
    return key
