"""A map as tables: what stands on each of its layers, with a page that says what a column means.

Nothing is worked out. Ids are made for these tables alone and lead nowhere else.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from kith.maps.layers.readings import row_of
from kith.maps.nouns import Figure, Region, Shape, Stroke, Tie, Writing
from kith.maps.readings import Drawing, drawn_on
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.reports.maps.codebook import codebook
from kith.reports.maps.sheet import without_names
from kith.reports.packing import Row, writer, zipped

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
    return _zipped(tables(viewer, map_id, names=names), "csv")


def as_parquet(viewer: Viewer, map_id: UUID, *, names: bool) -> bytes:
    """The same as Parquet files. Raises Missing where the extra `research` is not installed."""
    return _zipped(tables(viewer, map_id, names=names), "parquet")


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


def _zipped(found: Mapping[str, Sequence[Row]], end: str) -> bytes:
    write = writer(end)
    files = [(f"{name}.{end}", write(columns, found[name])) for name, columns in COLUMNS.items()]
    return zipped([*files, ("read-me.txt", codebook().encode())])
