"""Taking a sound in: it is what a browser records, or it is refused.

A sound is kept as it came. What browsers write beside it says no place and no time; a file from
elsewhere may, so one that names a place is refused.
"""

from collections.abc import Iterator

from kith.base.problems import Invalid
from kith.media.nouns import LARGEST, Format, Sound

TYPES: dict[Format, str] = {"webm": "audio/webm", "ogg": "audio/ogg", "mp4": "audio/mp4"}
_PLACES = (b"\xa9xyz", b"loci", b"com.apple.quicktime.location")
_HEAD = 64


def sound(data: bytes) -> Sound:
    """The sound in a file. Raises Invalid when it is too long or no sound of ours."""
    if len(data) > LARGEST:
        raise Invalid("sound-too-long")
    format = _format(data[:_HEAD])
    if format is None or (format == "mp4" and _says_where(data)):
        raise Invalid("sound-unreadable")
    return Sound(data, format)


def _format(head: bytes) -> Format | None:
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return "webm"
    if head.startswith(b"OggS"):
        return "ogg"
    return "mp4" if head[4:8] == b"ftyp" else None


def _says_where(data: bytes) -> bool:
    return any(place in box for box in _told(data) for place in _PLACES)


def _told(data: bytes) -> Iterator[bytes]:
    """The boxes of an MP4 that are not the sound itself."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        end = at + size if size >= 8 else len(data)
        if data[at + 4 : at + 8] != b"mdat" or size < 8:
            yield data[at:end]
        at = end
