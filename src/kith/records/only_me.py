"""*Only me*: classes of what a person said that nothing the server holds can open.

A person has one key of their own. It wraps the keys of the classes they chose, and is itself kept
only in locked form, once for each way they have of opening it: their passphrase (argon2id), a
passkey (what its PRF extension answers) or the words on their recovery sheet. Nothing that was
said is sealed anew when a class is chosen or given back: only its key is wrapped by another.
"""

import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kith.base import clock
from kith.base.problems import Clash, Invalid, Refused
from kith.records.keyring import Keyring
from kith.records.nouns import CLASSES
from kith.records.wrapping import WrappingKey, fresh_key

FOR_OTHERS = frozenset({"contributions"})
"""What is said to others cannot be only one's own."""
CHOICES = tuple(of for of in CLASSES if of not in FOR_OTHERS)
PASSPHRASE, WORDS, PASSKEY = "passphrase", "words", "passkey/"
"""Ways of opening; a passkey's has its own name after it."""
_SALT = 16
_PROOF = "proof"


class OwnKeys:
    """What of one person is only theirs, in the keyring."""

    def __init__(self, ring: Keyring, owner: UUID) -> None:
        self._ring, self._file, self._owner = ring, ring.file, owner

    def chosen(self) -> frozenset[str]:
        """The classes that are only theirs."""
        rows = self._file.rows("select class from own where owner = ?", str(self._owner))
        return frozenset(of for (of,) in rows) - {_PROOF}

    def ways(self) -> dict[str, datetime]:
        """The ways they have of opening, and since when."""
        rows = self._file.rows("select way, made from lock where owner = ?", str(self._owner))
        return {way: datetime.fromisoformat(made) for way, made in rows}

    def begin(self, way: str, secret: bytes) -> bytes:
        """Make their own key, with one way of opening it: none from before does so any more.

        Raises Clash while something is only theirs, under the key they have.
        """
        own = fresh_key()
        with self._file.writing():
            if self.chosen():
                raise Clash("only-me-begun")
            for table in ("own", "lock"):
                self._file.do(f"delete from {table} where owner = ?", str(self._owner))  # noqa: S608
            self._put(_PROOF, own.wrap(b"", _about(self._owner, _PROOF)))
            self._lock(own, way, secret)
        return own.raw

    def add(self, own: bytes, way: str, secret: bytes) -> None:
        """Let this way open it too; one of the same name from before no longer does."""
        with self._file.writing():
            self._lock(self._theirs(own), way, secret)

    def drop(self, way: str, *, last: bool = False) -> None:
        """Let this way open it no longer.

        Raises Refused when it is the last one, unless `last` says that this is known and meant.
        """
        with self._file.writing():
            if self.is_last(way) and not last:
                raise Refused("last-way-in")
            self._file.do("delete from lock where owner = ? and way = ?", str(self._owner), way)

    def is_last(self, way: str) -> bool:
        """Whether without this way nothing would open what is only theirs."""
        return bool(self.chosen()) and self.ways().keys() == {way}

    def open(self, way: str, secret: bytes) -> bytes | None:
        """Their own key, if `secret` is what was set for this way."""
        locked: bytes | None = self._file.one(
            "select wrapped from lock where owner = ? and way = ?", str(self._owner), way
        )
        if locked is None:
            return None
        try:
            stretched = _stretched(way, secret, locked[:_SALT])
            return stretched.unwrap(locked[_SALT:], _about(self._owner, way))
        except Invalid:
            return None

    def fits(self, own: bytes) -> bool:
        """Whether `own` is their key."""
        try:
            self._theirs(own)
        except Invalid:
            return False
        return True

    def keys(self, own: bytes) -> dict[str, bytes]:
        """The keys of the chosen classes; none when `own` is not their key."""
        if not self.fits(own):
            return {}
        return {of: self._unwrap(WrappingKey(own), of) for of in self.chosen()}

    def choose(self, of: str, own: bytes) -> None:
        """Make a class only theirs: what the server could open it with is destroyed.

        Raises Refused for what is said to others, Invalid when `own` is not their key.
        """
        if of not in CHOICES:
            raise Refused("class-for-others")
        with self._file.writing():
            theirs = self._theirs(own)
            if of in self.chosen():
                return
            key = self._ring.key_to_seal(self._owner, of).raw
            self._put(of, theirs.wrap(key, _about(self._owner, of)))
            self._forget("key", of)
        self._ring.forget_opened()

    def give_back(self, of: str, own: bytes) -> None:
        """Let the server open a class again. Raises Invalid when `own` is not their key."""
        with self._file.writing():
            theirs = self._theirs(own)
            if of not in self.chosen():
                return
            key = self._unwrap(theirs, of)
            self._forget("own", of)
            self._ring.put(self._owner, of, key)

    def mark(self) -> str:
        """What tells the key they have from any other they had or will have; "" while none.

        It opens nothing.
        """
        proof = self._row(_PROOF)
        return sha256(proof).hexdigest() if proof else ""

    def has_let_go(self, mark: str) -> bool:
        """Whether they let go of the key with this mark."""
        asked = "select 1 from gone where owner = ? and mark = ?"
        return self._file.one(asked, str(self._owner), mark) is not None

    def let_go(self, mark: str, classes: Iterable[str]) -> None:
        """Destroy the key with this mark and those it opened, each for a fresh one of the server's.

        For when nothing opens it any more. Where it was done before, nothing is done.
        """
        owner, now = str(self._owner), clock.now().isoformat()
        with self._file.writing():
            if self.has_let_go(mark):
                return
            for table in ("own", "lock"):
                self._file.do(f"delete from {table} where owner = ?", owner)  # noqa: S608
            for of in classes:
                self._forget("key", of)
                self._ring.put(self._owner, of, fresh_key().raw)
                self._file.do("insert into gone values (?, ?, ?, ?)", owner, of, mark, now)
        self._ring.forget_opened()

    def _theirs(self, own: bytes) -> WrappingKey:
        proof, key = self._row(_PROOF), WrappingKey(own)
        if proof is None:
            raise Invalid("wrapping-key-does-not-fit")
        key.unwrap(proof, _about(self._owner, _PROOF))
        return key

    def _unwrap(self, theirs: WrappingKey, of: str) -> bytes:
        return theirs.unwrap(self._row(of) or b"", _about(self._owner, of))

    def _lock(self, own: WrappingKey, way: str, secret: bytes) -> None:
        salt = secrets.token_bytes(_SALT)
        locked = _stretched(way, secret, salt).wrap(own.raw, _about(self._owner, way))
        row = (str(self._owner), way, salt + locked, clock.now().isoformat())
        self._file.do("insert or replace into lock values (?, ?, ?, ?)", *row)

    def _row(self, of: str) -> bytes | None:
        asked = "select wrapped from own where owner = ? and class = ?"
        found: bytes | None = self._file.one(asked, str(self._owner), of)
        return found

    def _put(self, of: str, wrapped: bytes) -> None:
        self._file.do("insert into own values (?, ?, ?)", str(self._owner), of, wrapped)

    def _forget(self, table: str, of: str) -> None:
        statement = f"delete from {table} where owner = ? and class = ?"  # noqa: S608
        self._file.do(statement, str(self._owner), of)


def carry_over(today: Keyring, into: Keyring) -> None:
    """Let a keyring from before, which is to take the place of today's, keep what came since.

    What is only someone's today stays so: else putting a copy back would undo the choice. What was
    given back since is the server's again, and what was let go of since has the key that came
    after. A key that was made since comes along, for backups that were made since.
    """
    with into.file.writing():
        for table, row in (
            ("own", "(?, ?, ?)"),
            ("lock", "(?, ?, ?, ?)"),
            ("gone", "(?, ?, ?, ?)"),
        ):
            into.file.do(f"delete from {table}")  # noqa: S608
            for values in today.file.rows(f"select * from {table}"):  # noqa: S608
                into.file.do(f"insert into {table} values {row}", *values)  # noqa: S608
        for table in ("own", "gone"):
            for owner, of in today.file.rows(f"select owner, class from {table}"):  # noqa: S608
                into.file.do("delete from key where owner = ? and class = ?", owner, of)
        for owner, of in today.file.rows("select owner, class from key"):
            if not into.holds(UUID(owner), of):
                into.put(UUID(owner), of, today.key(UUID(owner), of).raw)
    into.forget_opened()


def as_secret(passphrase: str) -> bytes:
    """A passphrase as bytes, the same from whichever keyboard it is typed on."""
    return unicodedata.normalize("NFKC", passphrase).encode()


def _stretched(way: str, secret: bytes, salt: bytes) -> WrappingKey:
    """A passphrase is stretched at some cost (RFC 9106, its second choice); the rest is random."""
    if way == PASSPHRASE:
        return WrappingKey(hash_secret_raw(secret, salt, 3, 64 * 1024, 4, 32, Type.ID))
    info = b"kith/lock/1|" + way.partition("/")[0].encode()
    return WrappingKey(HKDF(SHA256(), 32, salt=salt, info=info).derive(secret))


def _about(owner: UUID, what: str) -> bytes:
    return b"kith/own/1|" + owner.bytes + what.encode()
