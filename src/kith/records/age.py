"""Locking a stream with age, so that a cut or a changed byte anywhere is found.

age seals in pieces of 64 KiB, each with its number and the last one marked. The library pulls
what it locks and pushes what it opens: `lock` takes pieces from an iterable, `unlock` hands them
on as they are proven.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import IO

import pyrage

from kith.base.problems import Invalid, Problem

_SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_NAME = "age-secret-key-"


def identity_of(raw: bytes) -> pyrage.x25519.Identity:
    """The age identity that 32 bytes are, so that it can be kept wherever keys are."""
    return pyrage.x25519.Identity.from_str(_bech32(_NAME, raw).upper())


def lock(pieces: Iterable[bytes], out: IO[bytes], identity: pyrage.x25519.Identity) -> None:
    """Write all pieces into `out`, for `identity` alone to open."""
    pyrage.encrypt_io(_Pulled(pieces), out, [identity.to_public()])


def unlock(
    file: IO[bytes], take: Callable[[bytes], None], identity: pyrage.x25519.Identity
) -> None:
    """Hand each piece to `take`. Raises Invalid for what is not whole or not for `identity`.

    What was taken before something wrong is found is genuine, and not all there is.
    """
    pushed = _Pushed(take)
    try:
        pyrage.decrypt_io(file, pushed, [identity])
    except (OSError, pyrage.DecryptError) as error:
        raise pushed.why or Invalid("backup-unreadable") from error


class _Pulled:
    """Pieces, as a file to read from."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        part = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(part) :]
        return part


class _Pushed:
    """A file to write to that hands on what it gets, and keeps what went wrong there."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self.why: Problem | None = None

    def write(self, part: bytes) -> int:
        try:
            self._take(bytes(part))
        except Problem as problem:
            self.why = problem
            raise OSError from problem
        return len(part)

    def flush(self) -> None:
        """Nothing waits here."""


def _bech32(name: str, raw: bytes) -> str:
    values = _fives(raw)
    spread = [ord(sign) >> 5 for sign in name] + [0] + [ord(sign) & 31 for sign in name]
    check = _polymod(spread + values + [0] * 6) ^ 1
    values += [(check >> 5 * (5 - place)) & 31 for place in range(6)]
    return f"{name}1{''.join(_SIGNS[value] for value in values)}"


def _fives(raw: bytes) -> list[int]:
    """The bits of `raw`, five at a time."""
    bits = "".join(f"{byte:08b}" for byte in raw)
    return [int(bits[at : at + 5].ljust(5, "0"), 2) for at in range(0, len(bits), 5)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(
            (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        ):
            check ^= generator if (top >> bit) & 1 else 0
    return check
