"""A keyring without Django, for tests that kill what works on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid5

from kith.records.keyring import Keyring
from kith.records.wrapping import Source

CLASSES = ("map", "words", "labels")
OWNERS = [uuid5(UUID(int=7), str(number)) for number in range(20)]


def source(home: Path) -> Source:
    return Source(home / "wrapping.key")


@contextmanager
def ring(home: Path, of: Source | None = None, kind: type[Keyring] = Keyring) -> Iterator[Keyring]:
    opened = kind(home / "keyring" / "keys.sqlite3", of or source(home))
    try:
        yield opened
    finally:
        opened.close()


def make(home: Path, of: Source | None = None) -> dict[tuple[UUID, str], bytes]:
    """A keyring with sixty keys in it, and what they are."""
    with ring(home, of) as opened:
        return {(one, of_): opened.key_to_seal(one, of_).raw for one in OWNERS for of_ in CLASSES}


def all_open(home: Path, known: dict[tuple[UUID, str], bytes], of: Source | None = None) -> bool:
    """Whether a newcomer opens every key, and each is what it was."""
    with ring(home, of) as opened:
        return all(opened.key(*name).raw == raw for name, raw in known.items())
