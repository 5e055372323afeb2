"""Notes in a table: CSV files, and the tables inside other documents."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kith.formats.notes.lines import Found, NoteLine, Stance
from kith.formats.notes.vocabulary import meaning_of, rank_of, several, stance_of

_DELIMITERS = ",;\t"
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_REJECTED = "-1"
_NAMED = 20
_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column (by its place) holds what, and the names they have in the file."""

    names: tuple[str, ...]
    place: Mapping[str, int]

    def cell(self, cells: Sequence[str], meaning: str) -> str:
        """What a row has under a meaning, or nothing."""
        place = self.place.get(meaning)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def name(self, meaning: str) -> str:
        """The file's own name of the column that was taken for this."""
        return self.names[self.place[meaning]]


def read_csv(text: str, found: Found) -> None:
    """Read a CSV file with a header row, separated by comma, semicolon or tab."""
    rows = _rows(text, _delimiter(text), found)
    first = next(((row, cells) for row, cells in rows if any(cells)), None)
    if first is None:
        return
    columns = understood(first[1], found)
    if "words" not in columns.place:
        found.fault("no-words-column", first[0], columns=named(columns.names))
        return
    read_rows(columns, rows, found)


def understood(header: Sequence[str], found: Found) -> Columns:
    """Match the columns of a header; those not understood are left out, with their names."""
    names = tuple(_name(cell, place) for place, cell in enumerate(header))
    place: dict[str, int] = {}
    for index in sorted(range(len(header)), key=lambda index: rank_of(header[index])):
        meaning = meaning_of(header[index])
        if meaning is None or meaning in place:
            if header[index].strip():
                found.leave_out("column-twice" if meaning else "column-not-used", 1, names[index])
        else:
            place[meaning] = index
            found.columns[names[index]] = meaning
    return Columns(names, place)


def named(names: Sequence[str]) -> str:
    """The names of columns for a message, not more than one can read."""
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")


def read_rows(
    columns: Columns,
    rows: Iterable[tuple[int, list[str]]],
    found: Found,
    around: NoteLine | None = None,
) -> None:
    """Read the rows of a table; `around` holds the table and themes of the heading above it."""
    for row, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns.names) :]):
            found.fault("too-many-cells", row, columns=len(columns.names))
        elif len(cells) <= columns.place["words"]:
            found.fault("row-cut-short", row, columns=len(columns.names))
        elif columns.cell(cells, "moderated") == _REJECTED:
            found.leave_out("rejected-by-moderators", row)
        else:
            found.keep(_line(columns, cells, row, found, around or NoteLine("")))


def _rows(text: str, delimiter: str, found: Found) -> Iterator[tuple[int, list[str]]]:
    """Numbered records (the header is 1). A record that cannot be read ends the reading."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    while True:
        row += 1
        try:
            yield row, next(reader)
        except StopIteration:
            return
        except csv.Error:
            found.fault("quotes-do-not-match", row)
            return


def _delimiter(text: str) -> str:
    """The separator under which most headings of the first line are understood."""

    def fit(delimiter: str) -> tuple[int, int]:
        first = text.lstrip("\r\n").splitlines()[:1]
        cells = next(csv.reader(first, delimiter=delimiter), [])
        return sum(meaning_of(cell) is not None for cell in cells), len(cells)

    return max(_DELIMITERS, key=fit)


def _name(cell: str, place: int) -> str:
    """A column's name, unless it looks like something somebody said rather than a name."""
    name = " ".join(cell.split())
    return name if 0 < len(name) <= _NAME_LENGTH else f"({place + 1})"


def _line(columns: Columns, cells: list[str], row: int, found: Found, around: NoteLine) -> NoteLine:
    themes = several(columns.cell(cells, "themes"))
    return replace(
        around,
        words=columns.cell(cells, "words").replace("\r\n", "\n").replace("\r", "\n"),
        voice=columns.cell(cells, "voice") or None,
        roles=several(columns.cell(cells, "roles")),
        table=columns.cell(cells, "table") or around.table,
        themes=tuple(dict.fromkeys((*around.themes, *themes))),
        said_at=_said_at(columns, cells, row, found),
        stance=_stance(columns, cells, row, found),
        row=row,
    )


def _stance(columns: Columns, cells: list[str], row: int, found: Found) -> Stance:
    word = columns.cell(cells, "stance")
    stance = stance_of(word)
    if word and stance is None:
        found.leave_out("stance-not-understood", row, columns.name("stance"))
    return stance or "said"


def _said_at(columns: Columns, cells: list[str], row: int, found: Found) -> datetime | None:
    text = columns.cell(cells, "time")
    if not text:
        return None
    try:
        moment = _moment(text)
    except (ValueError, OverflowError, OSError):
        found.leave_out("time-not-understood", row, columns.name("time"))
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=found.zone)
        if not any(flaw.code == "time-zone-guessed" for flaw in found.left_out):
            found.leave_out("time-zone-guessed", row, columns.name("time"), zone=str(found.zone))
    return moment


def _moment(text: str) -> datetime:
    """ISO 8601, or seconds or milliseconds since 1970 (10 or 13 digits)."""
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]) + int(match[2] or 0) / 1000, UTC)
    return datetime.fromisoformat(text)
