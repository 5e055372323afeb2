"""Ids are random (UUIDv4): they say nothing about when or by whom a thing was made."""

from hashlib import sha256
from uuid import UUID, uuid4


def new() -> UUID:
    """A fresh random id."""
    return uuid4()


def read(text: str) -> UUID | None:
    """The id written in `text`, or None when it is not one."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None


def beside(id: UUID, word: str) -> UUID:
    """The id of what is made together with a thing: the same again when that comes twice."""
    return UUID(bytes=sha256(id.bytes + word.encode()).digest()[:16], version=4)
