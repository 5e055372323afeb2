"""Notes in a Word file: the same reading of headings, paragraphs, lists and tables."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kith.base.problems import Invalid
from kith.formats.notes.lines import Found
from kith.formats.notes.prose import Block, Grid, Heading, Passage, read_blocks
from kith.formats.notes.safety import checked_zip

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"heading (\d)|(title)", re.IGNORECASE)
# Runs inside tracked insertions and links are words too; moved or boxed ones are not read.
_RUNS = ".//w:r[not(ancestor::w:moveFrom) and not(ancestor::w:txbxContent)]"
_UNREAD = {
    "text-box-left-out": ".//w:txbxContent",
    "form-field-left-out": "./w:sdt",
    "footnote-left-out": ".//w:footnoteReference | .//w:endnoteReference",
    "comment-left-out": ".//w:commentReference",
}


def read_word(data: bytes, found: Found) -> None:
    """Read a Word file that was looked into first (see `safety.checked_zip`)."""
    checked_zip(data, found)
    document = _opened(data, found)
    try:
        blocks = list(_blocks(document, found))
    except Invalid:
        raise
    except Exception:  # whatever a strange document makes the library stumble over
        raise found.refusal("damaged") from None
    read_blocks(blocks, found)
    for code, path in _UNREAD.items():
        if number := len(document.element.body.xpath(path)):
            found.leave_out(code, number=number)


def _opened(data: bytes, found: Found) -> "Document":
    from docx import Document

    try:
        document = Document(io.BytesIO(data))
        document.element.body.xpath("./w:p")
        return document
    except Exception:  # the library raises its own, lxml's and Python's errors for a strange file
        raise found.refusal("not-word") from None


def _blocks(document: "Document", found: Found) -> Iterator[Block]:
    """Paragraphs and tables in the order of the document, numbered from 1."""
    from docx.table import Table

    level_of = _levels(document)
    for row, item in enumerate(document.iter_inner_content(), 1):
        if row > found.limits.rows:
            raise found.refusal("too-many-rows", most=found.limits.rows)
        if isinstance(item, Table):
            yield Grid(tuple((row, [c.text for c in line.cells]) for line in item.rows))
        elif spans := tuple(_spans(item)):
            level = level_of.get(item._p.style or "")
            words = "".join(words for words, _ in spans)
            yield Passage(spans, row) if level is None else Heading(level, words, row)


def _levels(document: "Document") -> dict[str, int]:
    """The level of each style of headings, by its id: asking each paragraph would take long."""
    named = ((style.style_id, _HEADING.match(style.name or "")) for style in document.styles)
    return {style_id: int(match[1] or 0) for style_id, match in named if match}


def _spans(paragraph: "Paragraph") -> Iterator[tuple[str, bool]]:
    from docx.text.run import Run

    runs: list[Any] = paragraph._p.xpath(_RUNS)
    for run in (Run(element, paragraph) for element in runs):
        if run.text:
            yield run.text, bool(run.bold)
