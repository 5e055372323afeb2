"""Lines squeezed into a stream of bytes, and out of it again, piece by piece."""

import zlib
from collections.abc import Callable, Iterable, Iterator

from kith.base.problems import Invalid


def squeezed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of all lines, squeezed; each line ends with a line feed of its own."""
    press = zlib.compressobj(1)
    for line in lines:
        if part := press.compress(line):
            yield part
    yield press.flush()


class Lines:
    """Unpacks what is fed to it, and hands on whole lines. Raises Invalid for what is none."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take, self._press, self._rest = take, zlib.decompressobj(), b""

    def feed(self, part: bytes) -> None:
        """The next bytes, however they were cut."""
        try:
            *lines, self._rest = (self._rest + self._press.decompress(part)).split(b"\n")
            for line in lines:
                self._take(line + b"\n")
        except (zlib.error, ValueError, KeyError, TypeError, IndexError):
            raise Invalid("backup-damaged") from None

    @property
    def ended(self) -> bool:
        """Whether the end was there, and nothing after it."""
        return self._press.eof and not self._rest and not self._press.unused_data
