"""Sealing what people say: AES-256-GCM, a fresh 12-byte nonce before each sealed text.

The associated data bind a sealed text to its record, owner and class of key, so that no
text can be put in another's place. `seal_of` is the salted hash that the ledger keeps.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings

from kith.base.problems import Gone, Invalid, Refused
from kith.records.keyring import NONE, Keyring, Opened
from kith.records.models import Record
from kith.records.nouns import Noun, decode, encode, noun_named
from kith.records.wrapping import Source

LET_GO = "only-me-let-go"
"""The code of what was *only me*, which nothing opened any more and its author let go of."""

Place = tuple[object, ...]
_rings: dict[Place, Keyring] = {}


def keyring() -> Keyring:
    """The keyring of this installation, opened once."""
    place = _place()
    if place not in _rings:
        _rings[place] = Keyring(Path(settings.KITH_KEYRING), source())
    return _rings[place]


def _place() -> Place:
    """What tells one keyring from another; asked for each record that is opened, so no more."""
    key = (settings.KITH_WRAPPING_KEY, settings.KITH_WRAPPING_KEY_VALUE)
    return (settings.KITH_KEYRING, *key, settings.KITH_WRAPPING_KEY_LENT)


def source() -> Source:
    """Where the wrapping key of this installation comes from."""
    file, lent = Path(settings.KITH_WRAPPING_KEY), settings.KITH_WRAPPING_KEY_LENT
    return Source(file, settings.KITH_WRAPPING_KEY_VALUE, lent)


@contextmanager
def reading_with(ring: Keyring) -> Iterator[None]:
    """For the length of the block, `ring` is the keyring (of a restore that is not done yet)."""
    place = _place()
    before = _rings.pop(place, None)
    _rings[place] = ring
    try:
        yield
    finally:
        del _rings[place]
        if before is not None:
            _rings[place] = before


def close_keyrings() -> None:
    """Let go of every keyring file that is open (before a restore, between tests)."""
    while _rings:
        _rings.popitem()[1].close()


def fill(record: Record, noun: Noun | None, opened: Opened = NONE) -> None:
    """Seal `noun` into `record` (None for a removal) and give it its salt.

    Raises Refused when the author keeps this class as *only me* and it is not among `opened`.
    """
    body, apart = (b"", None) if noun is None else encode(noun)
    fill_with(record, body, apart, opened)


def fill_with(record: Record, body: bytes, apart: bytes | None, opened: Opened = NONE) -> None:
    """As `fill`, with the canonical bytes of a noun (empty for a removal)."""
    record.salt = secrets.token_bytes(16)
    record.body = _seal(record, _seals(record), body, opened)
    record.apart = None if apart is None else _seal(record, "labels", apart, opened)


def words_in(record: Record, *, labels: bool = True, opened: Opened = NONE) -> Noun | None:
    """What `record` says, or None for a removal. Raises Gone when its key was destroyed.

    Raises Refused when its author keeps it as *only me* and its key is not among `opened`.
    `labels=False` leaves shut what is sealed apart; so does a key of that class which is
    destroyed or not open.
    """
    if record.removed:
        return None
    body = _open(record, _seals(record), record.body, opened)
    apart = _open_apart(record, opened) if labels and record.apart is not None else None
    return decode(noun_named(record.kind, record.version), body, apart)


def says_the_same(record: Record, noun: Noun | None, opened: Opened = NONE) -> bool:
    """Whether `record` holds exactly the canonical bytes of `noun`."""
    if record.removed or noun is None:
        return record.removed and noun is None
    return canonical(record, opened) == encode(noun)


def canonical(record: Record, opened: Opened = NONE) -> tuple[bytes, bytes | None]:
    """The canonical bytes in `record`, opened. Raises as `words_in`, also for what lies apart.

    What lies apart and was let go of counts as not there.
    """
    body = _open(record, _seals(record), record.body, opened)
    try:
        apart = None if record.apart is None else _open(record, "labels", record.apart, opened)
    except Refused as problem:
        if problem.code != LET_GO:
            raise
        apart = None
    return body, apart


def is_let_go(record: Record) -> bool:
    """Whether the key of what `record` says was let go of, so that nothing opens it any more."""
    try:
        _open(record, _seals(record), record.body, NONE)
    except Refused as problem:
        return problem.code == LET_GO
    return False


def fits(record: Record) -> bool:
    """Whether the keys of this record, as far as they are there and open, are those it had."""
    parts = [(_seals(record), record.body), ("labels", record.apart)]
    return all(_fits(record, of, sealed) for of, sealed in parts if sealed is not None)


def _fits(record: Record, of: str, sealed: bytes | memoryview) -> bool:
    try:
        _open(record, of, sealed, NONE)
    except (Gone, Refused):
        return True
    except Invalid:
        return False
    return True


def seal_of(record: Record) -> str:
    """SHA-256 over the salt, every plain column and the sealed bytes, as hex."""
    plain = "|".join(str(part) for part in _plain(record))
    digest = hashlib.sha256(bytes(record.salt))
    for part in (plain.encode(), bytes(record.body), bytes(record.apart or b"")):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _plain(record: Record) -> tuple[object, ...]:
    times = (at.isoformat() for at in (record.seen_on, record.made_at, record.arrived))
    ids = (record.id, record.thing, record.parent, record.space, record.author, record.replaces)
    return (*ids, record.kind, record.version, record.removed, *times)


def _seals(record: Record) -> str:
    noun = noun_named(record.kind, record.version)
    return "space" if noun.__kept_by__ == "space" else noun.__seals__


def _owner(record: Record) -> UUID:
    noun = noun_named(record.kind, record.version)
    return record.space if noun.__kept_by__ == "space" else record.author


def _about(record: Record, of: str) -> bytes:
    head = f"kith/record/1|{record.kind}|{record.version}|{of}|".encode()
    return head + record.id.bytes + _owner(record).bytes


def _seal(record: Record, of: str, text: bytes, opened: Opened) -> bytes:
    nonce = secrets.token_bytes(12)
    key = keyring().key_to_seal(_owner(record), of, opened)
    return nonce + key.cipher.encrypt(nonce, text, _about(record, of))


def _open(record: Record, of: str, sealed: bytes | memoryview, opened: Opened) -> bytes:
    key = keyring().key(_owner(record), of, opened)
    sealed = bytes(sealed)
    try:
        return key.cipher.decrypt(sealed[:12], sealed[12:], _about(record, of))
    except InvalidTag:
        if keyring().let_go_since(_owner(record), of, record.arrived):
            raise Refused("only-me-let-go") from None
        raise Invalid("record-damaged") from None


def _open_apart(record: Record, opened: Opened) -> bytes | None:
    try:
        return _open(record, "labels", record.apart or b"", opened)
    except (Gone, Refused):
        return None
