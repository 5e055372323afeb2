"""Notes of a workshop, read from CSV, Markdown, Word or subtitles.

`read_notes` takes a file or its bytes and gives `Notes`: every contribution with the roles, table,
themes, voice and time the file has for it, and a list of all that was left out or guessed, so
that a person can look at it before anything is kept. A bad file gives one `Invalid` that names
everything wrong with it, and nothing else.
"""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePath

from kith.base.problems import Invalid
from kith.formats.notes.lines import Found, Limits, NoteLine, Notes, Source, Stance
from kith.formats.notes.prose import read_markdown
from kith.formats.notes.safety import decoded, digest, take
from kith.formats.notes.subtitles import read_subtitles
from kith.formats.notes.table import read_csv
from kith.formats.notes.word import read_word

__all__ = ["Limits", "NoteLine", "Notes", "Source", "Stance", "read_notes"]

_FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "word",
    ".srt": "srt",
    ".vtt": "vtt",
}

_TEXT_READERS: dict[str, Callable[[str, Found], None]] = {
    "csv": read_csv,
    "markdown": read_markdown,
    "srt": lambda text, found: read_subtitles(text, found, "srt"),
    "vtt": lambda text, found: read_subtitles(text, found, "vtt"),
}

_DEFAULT = Limits()


def read_notes(
    source: Path | str | bytes,
    name: str,
    limits: Limits = _DEFAULT,
    *,
    zone: tzinfo = UTC,
    began: datetime | None = None,
) -> Notes:
    """Read the notes in a file (a path, or its bytes); `name` says by its ending what it is.

    `zone` is taken for times that name no zone, `began` is when a recording began (subtitles
    count from there). No more than `limits.bytes` is ever held, no more than `limits.line` of one
    line, and a Word file is inflated within limits before it is opened.

    Raises `Invalid("notes-not-read")` with every flaw: its code, row and column, never words.
    """
    found = Found(PurePath(name).name, limits, zone, began)
    format = _FORMATS.get(PurePath(name).suffix.lower())
    if format is None:
        raise found.refusal("unknown-kind", kinds=", ".join(_FORMATS))
    data = take(source, found, text=format != "word")
    if format == "word":
        read_word(data, found)
        return found.notes(Source(found.file, format, digest(data), "xml"))
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    _read_text(format, decoded(data, found), found)
    return found.notes(Source(found.file, format, digest(data), encoding))


def _read_text(format: str, text: str, found: Found) -> None:
    try:
        _TEXT_READERS[format](text, found)
    except Invalid:
        raise
    except RecursionError:
        raise found.refusal("nested-too-deeply") from None
