"""Notes in running text: headings say the table and the themes, each paragraph is one line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kith.formats.notes.lines import Found, NoteLine
from kith.formats.notes.table import named, read_rows, understood
from kith.formats.notes.vocabulary import in_a_row, is_code, is_role, meaning_of, stance_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_DEPTH = 100
_LINES_A_ROW = 5
_PREFIX = 60
_LABELLED = re.compile(r"\s*(?P<label>[^\W\d_]+)\s*(?:[:–—-]\s*(?P<value>.+)|(?P<number>\d.*))")
_ASIDE = re.compile(r"\s*\((?P<label>[^\W\d_]+)\s*:\s*(?P<value>[^()]*)\)")
_TAG = re.compile(r"(?<![\w#&/])#([^\W\d_][\w-]*)")
_LAST_TAGS = re.compile(r"(?:(?:^|\s+)#[^\W\d_][\w-]*)+\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the title) or deeper."""

    level: int
    words: str
    row: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list item: its words in spans, each bold or not."""

    spans: tuple[tuple[str, bool], ...]
    row: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table inside a document; the first row is its header."""

    rows: tuple[tuple[int, list[str]], ...]


Block = Heading | Passage | Grid


@dataclass(slots=True)
class Place:
    """Where in a document we are: what the headings above say."""

    above: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)

    def enter(self, heading: Heading) -> bool:
        """Go under a heading; whether it names a table or themes."""
        self.above = [known for known in self.above if known[0] < heading.level]
        match = _LABELLED.fullmatch(heading.words)
        meaning = meaning_of(match["label"]) if match else None
        if match is None or meaning not in ("table", "themes"):
            return False
        value = " ".join((match["value"] or match["number"]).split())
        values = in_a_row(value) if meaning == "themes" else (value,)
        self.above.append((heading.level, meaning, values))
        return True

    def line(self) -> NoteLine:
        """A line without words that has the table and themes of this place."""
        tables = [values[0] for _, meaning, values in self.above if meaning == "table"]
        themes = [v for _, meaning, values in self.above if meaning == "themes" for v in values]
        return NoteLine("", table=tables[-1] if tables else None, themes=_once(themes))


def read_markdown(text: str, found: Found) -> None:
    """Read Markdown notes."""
    if len(text) > found.limits.prose:
        raise found.refusal("too-large", most=found.limits.prose)
    if text.count("\n") > _LINES_A_ROW * found.limits.rows:
        raise found.refusal("too-many-rows", most=found.limits.rows)
    read_blocks(_blocks(text, found), found)


def read_blocks(blocks: Iterable[Block], found: Found) -> None:
    """Read the blocks of any document: headings, paragraphs, tables."""
    place = Place()
    for block in blocks:
        if isinstance(block, Heading):
            if not place.enter(block) and block.words.strip():
                found.leave_out("heading-not-used", block.row)
        elif isinstance(block, Passage):
            found.keep(line_of(block, place.line()))
        else:
            _read_grid(block, found, place.line())


def line_of(passage: Passage, around: NoteLine) -> NoteLine:
    """One paragraph as a line: who speaks in front, themes in asides and tags."""
    label, words = _split(passage.spans)
    line = replace(around, words=words, row=passage.row)
    return tagged(labelled(line, label) if label else line)


def labelled(line: NoteLine, label: str) -> NoteLine:
    """A line whose label ("nurse, carer", "P3", "question") is taken for what it is."""
    for part in in_a_row(label):
        if stance := stance_of(part):
            line = replace(line, stance=stance)
        elif is_code(part):
            line = replace(line, voice=part)
        else:
            line = replace(line, roles=_once((*line.roles, part)))
    return line


def label_in(words: str) -> tuple[str, str]:
    """Split "nurse: words" if all in front of the colon is known, else leave all as words."""
    label, colon, rest = words.partition(":")
    parts = in_a_row(label) if colon and len(label) <= _PREFIX else ()
    known = all(is_role(part) or is_code(part) or stance_of(part) for part in parts)
    return (label, rest) if parts and known else ("", words)


def tagged(line: NoteLine) -> NoteLine:
    """Take "(theme: care, trust)" and the like out of the words, and read #care tags."""
    words = line.words
    for aside in _ASIDE.finditer(line.words):
        changed = _with(line, meaning_of(aside["label"]), aside["value"])
        if changed is not None:
            line, words = changed, words.replace(aside[0], "", 1)
    themes = _once((*line.themes, *_TAG.findall(words)))
    return replace(line, words=_LAST_TAGS.sub("", words), themes=themes)


def _with(line: NoteLine, meaning: str | None, value: str) -> NoteLine | None:
    match meaning:
        case "themes":
            return replace(line, themes=_once((*line.themes, *in_a_row(value))))
        case "roles":
            return replace(line, roles=_once((*line.roles, *in_a_row(value))))
        case "voice" if value.strip():
            return replace(line, voice=value.strip())
        case "table" if value.strip():
            return replace(line, table=value.strip())
        case "stance" if stance := stance_of(value):
            return replace(line, stance=stance)
    return None


def _split(spans: tuple[tuple[str, bool], ...]) -> tuple[str, str]:
    """The label in front (bold and with a colon, or known) and the words after it."""
    front = 0
    while front < len(spans) and (spans[front][1] or not spans[front][0].strip()):
        front += 1
    bold = "".join(words for words, _ in spans[:front]).strip()
    rest = "".join(words for words, _ in spans[front:])
    if bold.endswith(":") or rest.lstrip().startswith(":"):
        label = bold.removesuffix(":").strip()
        if 0 < len(label) <= _PREFIX and ":" not in label:
            return label, rest.lstrip().removeprefix(":") if not bold.endswith(":") else rest
    return label_in("".join(words for words, _ in spans))


def _read_grid(grid: Grid, found: Found, around: NoteLine) -> None:
    if not grid.rows:
        return
    (row, header), *rows = grid.rows
    columns = understood(header, found)
    if "words" in columns.place:
        read_rows(columns, rows, found, around)
    else:
        found.leave_out("no-words-column", row, columns=named(columns.names))


def _blocks(text: str, found: Found) -> Iterator[Block]:
    """Markdown as blocks."""
    rows: list[tuple[int, list[str]]] = []
    heading = 0
    for token in _tokens(text, found):
        row = (token.map or [0])[0] + 1
        match token.type:
            case "heading_open" | "heading_close":
                heading = int(token.tag[1:]) if token.nesting == 1 else 0
            case "tr_open":
                rows.append((row, []))
            case "table_close":
                yield Grid(tuple(rows))
                rows = []
            case "inline" if rows:
                rows[-1][1].append(_words(token))
            case "inline" if heading:
                yield Heading(heading, _words(token), row)
            case "inline":
                yield Passage(tuple(_spans(token)), row)


def _tokens(text: str, found: Found) -> "list[Token]":
    """Parsed Markdown. Links and pictures stay as they were typed; blocks of code are left out."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEPTH}).enable("table")
    tokens = reader.disable(["link", "image", "autolink", "reference"]).parse(text)
    if any(token.level >= _DEPTH - 2 for token in tokens):
        raise found.refusal("nested-too-deeply", most=_DEPTH)
    for token in tokens:
        if token.type in ("fence", "code_block"):
            found.leave_out("code-left-out", (token.map or [0])[0] + 1)
    return tokens


def _words(token: "Token") -> str:
    return "".join(words for words, _ in _spans(token))


def _spans(token: "Token") -> Iterator[tuple[str, bool]]:
    bold = 0
    for child in token.children or ():
        bold += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
        if child.type in ("softbreak", "hardbreak"):
            yield " " if child.type == "softbreak" else "\n", bold > 0
        elif child.content:
            yield child.content, bold > 0


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
