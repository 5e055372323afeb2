"""What notes are once they are read: lines of words, where they came from, what was left out."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal
from uuid import UUID, uuid5

from kith.base.problems import Flaw, Invalid

Stance = Literal["said", "other view", "silence", "question", "story"]

_OURS = UUID("6f0c2a1e-58d3-4b0e-9a6b-2d6f1c7be840")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most.

    `bytes` of a file and of one `line`; contributions or `rows`; characters of `words` in one
    contribution and of `prose` in a Markdown file; `parts` of a Word file, bytes they are
    `inflated` to together and each part of `xml` alone; `flaws` named before giving up.
    """

    bytes: int = 20_000_000
    line: int = 256 * 1024
    rows: int = 20_000
    words: int = 20_000
    prose: int = 1_000_000
    parts: int = 1_000
    inflated: int = 100_000_000
    xml: int = 10_000_000
    flaws: int = 100


@dataclass(frozen=True, slots=True)
class Source:
    """The file: its name, format (csv, markdown, word, srt, vtt), SHA-256 and encoding."""

    name: str
    format: str
    digest: str
    encoding: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One contribution as the file has it.

    `voice` is the file's own code for who spoke, `said_at` a moment with its time zone, `into`
    how far into a recording it was said. `row` is the record of a table (its header is row 1),
    the line of a Markdown file, the paragraph of a Word file or the number of a subtitle.
    `key` is the same each time the same words by the same voice at the same table and time are
    read, and different for what is said twice. It is a plain hash of those words: mix it with a
    secret of the place it is brought into before it becomes the id of anything.
    """

    words: str
    voice: str | None = None
    roles: tuple[str, ...] = ()
    table: str | None = None
    themes: tuple[str, ...] = ()
    said_at: datetime | None = None
    into: timedelta | None = None
    stance: Stance = "said"
    row: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """A file that was read: `columns` maps its own headings to what they were taken for."""

    source: Source
    contributions: tuple[NoteLine, ...]
    left_out: tuple[Flaw, ...]
    columns: Mapping[str, str]


@dataclass(slots=True)
class Found:
    """What a reader has found so far: lines, what it left out or guessed, and what is wrong."""

    file: str
    limits: Limits
    zone: tzinfo = UTC
    began: datetime | None = None
    lines: list[NoteLine] = field(default_factory=list)
    left_out: list[Flaw] = field(default_factory=list)
    wrong: list[Flaw] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    def keep(self, line: NoteLine) -> None:
        """Take a line; one without words is left out, one too long or too many is wrong."""
        line = replace(line, words=line.words.strip())
        if not line.words:
            self.leave_out("no-words", line.row)
        elif len(line.words) > self.limits.words:
            self.fault("words-too-long", line.row, most=self.limits.words)
        elif len(self.lines) >= self.limits.rows:
            raise self.refusal("too-many-rows", most=self.limits.rows)
        else:
            self.lines.append(line)

    def leave_out(
        self, code: str, row: int | None = None, column: str = "", **facts: str | int
    ) -> None:
        """Note that something was not understood and is left out or guessed."""
        self.left_out.append(self._flaw(code, row, column, facts))

    def fault(
        self, code: str, row: int | None = None, column: str = "", **facts: str | int
    ) -> None:
        """Note that the file is wrong; nothing of it will be taken."""
        self.wrong.append(self._flaw(code, row, column, facts))
        if len(self.wrong) >= self.limits.flaws:
            raise self.refusal("more-of-the-same")

    def refusal(self, code: str, row: int | None = None, **facts: str | int) -> Invalid:
        """The one answer to a bad file: this and everything that was wrong before it."""
        return Invalid("notes-not-read", [*self.wrong, self._flaw(code, row, "", facts)])

    def _flaw(self, code: str, row: int | None, column: str, facts: dict[str, str | int]) -> Flaw:
        return Flaw(code, "", self.file, row, column, tuple(facts.items()))

    def notes(self, source: Source) -> Notes:
        """All or nothing. Raises `Invalid` with every flaw if anything was wrong."""
        if self.wrong:
            raise Invalid("notes-not-read", self.wrong)
        if not self.lines:
            raise Invalid(
                "notes-not-read", [*self.left_out, self._flaw("nothing-said", None, "", {})]
            )
        return Notes(source, tuple(keyed(self.lines)), tuple(self.left_out), self.columns)


def keyed(lines: Iterable[NoteLine]) -> Iterator[NoteLine]:
    """The lines with their keys: UUIDv5 of words, voice, table, time and how often before."""
    seen: Counter[str] = Counter()
    for line in lines:
        said = line.into if line.into is not None else line.said_at
        content = [_plain(line.words), line.voice, line.table, said and str(said)]
        canonical = json.dumps(content, ensure_ascii=False)
        key = str(uuid5(_OURS, f"{canonical}{seen[canonical]}"))
        seen[canonical] += 1
        yield replace(line, key=key)


def _plain(words: str) -> str:
    """Words without what a program may change in saving: composed letters, kinds of space."""
    return " ".join(unicodedata.normalize("NFC", words).split())
