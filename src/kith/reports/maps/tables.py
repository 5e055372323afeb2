"""A map as tables: what stands on each of its layers, with a page that says what a column means.

Nothing is worked out. Ids are made for these tables alone and lead nowhere else.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from kith.base import clock
from kith.base.problems import Missing
from kith.maps.layers.readings import row_of
from kith.maps.nouns import Figure, Region, Shape, Stroke, Tie, Writing
from kith.maps.readings import Drawing, drawn_on
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.reports.maps.codebook import codebook
from kith.reports.maps.sheet import without_names

Row = Mapping[str, Any]
Write = Callable[[Sequence[str], Sequence[Row]], bytes]
COLUMNS: dict[str, tuple[str, ...]] = {
    "layers": ("layer", "name", "time", "when", "place"),
    "figures": ("layer", "figure", "same_as", "label", "kind", "size", "colour", "x", "y"),
    "ties": (
        "layer", "tie", "a", "b", "words", "helps", "hurts", "give", "get", "depends", "unsure",
        "line", "direction", "colour",
    ),
    "marks": ("layer", "mark", "sort", "what", "words", "colour", "width", "points"),
}  # fmt: skip
QUALITIES = ("helps", "hurts", "give", "get", "depends", "unsure")


def as_csv(viewer: Viewer, map_id: UUID, *, names: bool) -> bytes:
    """All layers of a map as CSV files in a zip, in UTF-8. Raises Missing."""
    return _zipped(tables(viewer, map_id, names=names), "csv", _csv)


def as_parquet(viewer: Viewer, map_id: UUID, *, names: bool) -> bytes:
    """The same as Parquet files. Raises Missing where the extra `research` is not installed."""
    return _zipped(tables(viewer, map_id, names=names), "parquet", _parquet)


def has_parquet() -> bool:
    """Whether Parquet can be written here."""
    try:
        import polars  # noqa: F401
    except ImportError:
        return False
    return True


def tables(viewer: Viewer, map_id: UUID, *, names: bool) -> dict[str, list[Row]]:
    """Every table by its name: rows of plain values. Raises Missing."""
    layers = row_of(viewer, map_id)
    whole = [drawn_on(viewer, one) for one in layers]
    shown = [drawn if names else without_names(drawn) for drawn in whole]
    called = _Names()
    found: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for at, drawn in enumerate(shown, 1):
        for name, row in _rows(f"layer-{at}", drawn, called, names):
            found[name].append(row)
    return found


class _Names:
    """Names for things that hold for these tables alone: figure-1, tie-2, mark-3."""

    def __init__(self) -> None:
        self._told: dict[UUID, str] = {}
        self._last: dict[str, int] = {}

    def of(self, sort: str, thing: UUID) -> str:
        if thing not in self._told:
            self._last[sort] = self._last.get(sort, 0) + 1
            self._told[thing] = f"{sort}-{self._last[sort]}"
        return self._told[thing]


def _rows(layer: str, drawn: Drawing, called: _Names, names: bool) -> Iterable[tuple[str, Row]]:
    noun = drawn.map.noun
    told = {"name": noun.name, "when": noun.when} if names else {"name": "", "when": ""}
    yield "layers", {"layer": layer, "time": noun.layer, "place": noun.place, **told}
    for figure in drawn.figures:
        yield "figures", {"layer": layer, **_figure(figure, called)}
    for tie in drawn.ties:
        yield "ties", {"layer": layer, **_tie(tie, called)}
    marks: list[Entry[Any]] = [*drawn.strokes, *drawn.writings, *drawn.shapes, *drawn.regions]
    for mark in marks:
        where = {"layer": layer, "mark": called.of("mark", mark.thing)}
        yield "marks", {**where, "sort": mark.noun.__kind__, **_mark(mark.noun)}


def _figure(entry: Entry[Figure], called: _Names) -> Row:
    noun, same = entry.noun, entry.noun.same_as
    kept = {name: getattr(noun, name) for name in ("label", "kind", "size", "colour", "x", "y")}
    first = called.of("figure", same) if same else ""
    return {"figure": called.of("figure", entry.thing), "same_as": first, **kept}


def _tie(entry: Entry[Tie], called: _Names) -> Row:
    noun = entry.noun
    ends = {end: called.of("figure", getattr(noun, end)) for end in ("a", "b")}
    kept = {name: getattr(noun, name) for name in ("words", "line", "direction", "colour")}
    said = {quality: int(quality in noun.qualities) for quality in QUALITIES}
    return {"tie": called.of("tie", entry.thing), **ends, **kept, **said}


def _mark(noun: Stroke | Writing | Shape | Region) -> Row:
    """A mark's own columns; its places as "x y" or "x y weight", with ; between them."""
    if isinstance(noun, Stroke):
        told = {"what": "", "words": "", "colour": noun.pen, "width": noun.width}
        return {**told, "points": _points(noun.points)}
    if isinstance(noun, Region):
        told = {"what": "", "words": noun.label, "colour": noun.colour, "width": ""}
        return {**told, "points": _points(noun.points)}
    if isinstance(noun, Shape):
        told = {"what": noun.what, "words": "", "colour": noun.colour, "width": ""}
        return {**told, "points": _points(((noun.x, noun.y), (noun.x2, noun.y2)))}
    told = {"what": "", "words": noun.words, "colour": noun.colour, "width": noun.size}
    return {**told, "points": _points(((noun.x, noun.y),))}


def _points(points: Sequence[tuple[float, ...]]) -> str:
    return ";".join(" ".join(f"{part:g}" for part in point) for point in points)


def _csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode()


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _parquet(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    import polars as pl

    into = io.BytesIO()
    ordered = [{name: row[name] for name in columns} for row in rows]
    schema = None if ordered else dict.fromkeys(columns, pl.String)
    pl.DataFrame(ordered, schema=schema, infer_schema_length=None).write_parquet(into)
    return into.getvalue()


def _zipped(found: Mapping[str, Sequence[Row]], end: str, write: Write) -> bytes:
    if end == "parquet" and not has_parquet():
        raise Missing
    into, day = io.BytesIO(), (*clock.now().timetuple()[:3], 0, 0, 0)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns in COLUMNS.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.{end}", day), write(columns, found[name]))
        archive.writestr(zipfile.ZipInfo("read-me.txt", day), codebook().encode())
    return into.getvalue()
