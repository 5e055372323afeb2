"""Making files of notes for tests: Word files good and bad, zips that lie."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document

from kith.base.problems import Invalid
from kith.formats.notes import Limits, Notes, read_notes


def codes(data: bytes | Path, name: str, limits: Limits | None = None) -> list[str]:
    """What a bad file is refused for."""
    try:
        read_notes(data, name, limits or Limits())
    except Invalid as problem:
        assert problem.code == "notes-not-read"
        assert all(flaw.file == name for flaw in problem.flaws)
        return [flaw.code for flaw in problem.flaws]
    raise AssertionError("it was read")


def left(notes: Notes) -> list[str]:
    """What was left out or guessed, by code."""
    return [flaw.code for flaw in notes.left_out]


def word(write: Callable[[Document], object]) -> bytes:
    """A Word file with what `write` puts into it."""
    document = docx.Document()
    write(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def said(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    return word(lambda document: [document.add_paragraph(words) for words in paragraphs])


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same zip with one part more, or another content in it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    """One part of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def lying(data: bytes, name: str, size: int) -> bytes:
    """The same zip, but its directory says that a part inflates to `size` bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = archive.getinfo(name).file_size
        compressed = archive.getinfo(name).compress_size
    said_so, lie = struct.pack("<LL", compressed, true), struct.pack("<LL", compressed, size)
    assert data.count(said_so) == 2
    return data.replace(said_so, lie)


def zipped(parts: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()
