"""Taking a file in without being harmed by it: bounded reading, decoding, zips looked into."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kith.formats.notes.lines import Found

_STEP = 64 * 1024
_HEAD = 4096
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_KNOWN_STARTS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "old-office",
    b"{\\rtf": "rtf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"\x1f\x8b": "gzip",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_PLAIN_ZIP = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1


def take(source: Path | str | bytes, found: Found, *, text: bool) -> bytes:
    """The bytes of a file, never more than the limits allow, a line at a time for text.

    Raises `Invalid`: cannot-open, empty, too-large, line-too-long, utf-16, binary, other-kind.
    """
    try:
        with _opened(source, found) as stream:
            head = stream.read(_HEAD)
            if text:
                _look_at(head, found)
            stream.seek(0)
            data = b"".join(_pieces(stream, found, text=text))
    except OSError:
        raise found.refusal("cannot-open") from None
    if not data.strip():
        raise found.refusal("empty")
    return data


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def decoded(data: bytes, found: Found) -> str:
    """UTF-8 text, with or without a byte order mark, with stray control characters taken out.

    Raises `Invalid` naming every line that is not UTF-8, or binary if it is not text at all.
    """
    lines = [_decoded(line, row, found) for row, line in enumerate(data.split(b"\n"), 1)]
    if found.wrong:
        raise found.refusal("save-as-utf-8")
    text = "\n".join(lines).removeprefix("\ufeff")
    clean, controls = _CONTROL.subn("", text)
    if "\0" in text or controls > len(text) // 100:
        raise found.refusal("binary")
    if controls:
        found.leave_out("control-characters", number=controls)
    return clean


def checked_zip(data: bytes, found: Found) -> None:
    """Look into a zip before a library does: number and size of its parts, really inflated.

    Raises `Invalid`: not-a-zip, encrypted, zip-method, too-many-parts, too-large-inside,
    damaged, entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist(), found)
            left = found.limits.inflated
            for part in archive.infolist():
                left -= _inflate(archive, part, left, found)
    except zipfile.BadZipFile:
        code = "damaged" if data.startswith(b"PK") else "not-a-zip"
        raise found.refusal(code, looks_like=_looks_like(data)) from None
    except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        raise found.refusal("damaged") from None


def _opened(source: Path | str | bytes, found: Found) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    path = Path(source)
    if not path.is_file():
        raise found.refusal("cannot-open")
    return path.open("rb")


def _pieces(stream: BinaryIO, found: Found, *, text: bool) -> Iterator[bytes]:
    """Lines of text or steps of bytes, refused as soon as one or all are too large."""
    most = found.limits.line + 1 if text else _STEP
    total = 0
    for row, piece in enumerate(
        iter(lambda: stream.readline(most) if text else stream.read(most), b""), 1
    ):
        total += len(piece)
        if text and len(piece) == most:
            raise found.refusal("line-too-long", row, most=found.limits.line)
        if total > found.limits.bytes:
            raise found.refusal("too-large", most=found.limits.bytes)
        yield piece


def _look_at(head: bytes, found: Found) -> None:
    if head.startswith(_WIDE_MARKS):
        raise found.refusal("utf-16")
    if kind := _looks_like(head):
        raise found.refusal("other-kind", looks_like=kind)
    if b"\0" in head:
        wide = max(head[0::2].count(0), head[1::2].count(0)) > len(head) // 4
        text = head.replace(b"\0", b"").isascii() and head.count(0) < len(head) * 3 // 4
        raise found.refusal("utf-16" if wide and text else "binary")


def _looks_like(data: bytes) -> str:
    return next((kind for start, kind in _KNOWN_STARTS.items() if data.startswith(start)), "")


def _decoded(line: bytes, row: int, found: Found) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        found.fault("not-utf-8", row)
        return ""


def _check_directory(parts: list[zipfile.ZipInfo], found: Found) -> None:
    """What the zip says of itself; cheap, and before anything is inflated."""
    if len(parts) > found.limits.parts:
        raise found.refusal("too-many-parts", most=found.limits.parts)
    if sum(part.file_size for part in parts) > found.limits.inflated:
        raise found.refusal("too-large-inside", most=found.limits.inflated)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise found.refusal("encrypted")
    if any(part.compress_type not in _PLAIN_ZIP for part in parts):
        raise found.refusal("zip-method")


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, found: Found) -> int:
    """Inflate one part step by step, keeping nothing; how many bytes it really has."""
    is_picture = part.filename.lower().endswith((".svg", ".png", ".jpg", ".jpeg", ".gif", ".emf"))
    most = left if is_picture else min(left, found.limits.xml)
    size, before = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(_STEP):
            size += len(piece)
            if size > most:
                raise found.refusal("too-large-inside", most=most)
            if not is_picture and _DTD.search((before + piece).replace(b"\0", b"")):
                raise found.refusal("entities")
            before = piece[-32:]
    return size
