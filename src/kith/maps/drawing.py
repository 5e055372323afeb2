"""A map as plain values for a still picture: on the home page, in print, without a script.

The script on the map's own page lays the ink with the hand's own weight (static/maps/ink.js);
here the same lines are drawn with an even pen, which costs next to nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap
from typing import Any
from uuid import UUID

from kith.maps import readings
from kith.maps.nouns import Figure, Region, Tie, Writing
from kith.maps.pictures import has_picture
from kith.maps.readings import Drawing
from kith.maps.shapes import STAMPS, edge_of, lines_of, stamp_of
from kith.maps.under import Under, under
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

SIDE = 600
REACH = {"small": 27, "middle": 38, "large": 54}
GAP = 7
_ROW, _ROWS = 30, 8  # letters of a row of writing, and how many rows are shown
LETTER = 6.4


Stroke = tuple[str, str, str]
"""The pen, what sort of line it is, and its path."""


@dataclass(frozen=True, slots=True)
class Still:
    """A still picture: lines as (pen, strand, path), writing, and figures as they stand.

    `under` is what the drawer chose to have under it.
    """

    lines: Sequence[Stroke]
    figures: Sequence[dict[str, Any]]
    texts: Sequence[dict[str, Any]] = ()
    under: Under | None = None
    stamps: Sequence[dict[str, Any]] = ()


def picture(viewer: Viewer, map_id: UUID, as_of: datetime | None = None) -> Still:
    """A map of the viewer's as a still picture, now or as of any time. Raises Missing."""
    return still(readings.drawing(viewer, map_id, as_of))


def still(drawn: Drawing) -> Still:
    """The picture of a drawing."""
    names = drawn.names()
    regions = [(r.noun.colour, "region", edge_of(r.noun.points, SIDE)) for r in drawn.regions]
    strokes = [(s.noun.pen, f"stroke {s.noun.width}", _path(s.noun.points)) for s in drawn.strokes]
    shapes = [
        (one.noun.colour, "shape", _path(line))
        for one in drawn.shapes
        for line in lines_of(one.noun)
    ]
    ties = [line for tie in drawn.ties for line in _tie(tie.thing, tie.noun, names)]
    return Still(
        [*regions, *strokes, *shapes, *ties],
        [_figure(f.thing, f.noun) for f in drawn.figures],
        [*map(_text, drawn.writings), *map(_label, drawn.regions)],
        under(drawn.helps),
        [stamp_of(s.noun, SIDE) for s in drawn.shapes if s.noun.what in STAMPS],
    )


def _text(entry: Entry[Writing]) -> dict[str, Any]:
    """Writing, row by row; where its words are not to be seen, none."""
    noun = entry.noun
    return {
        "x": round(noun.x * SIDE, 1),
        "y": round(noun.y * SIDE, 1),
        "size": noun.size,
        "pen": noun.colour,
        "rows": wrap(noun.words, _ROW)[:_ROWS],
    }


def _label(entry: Entry[Region]) -> dict[str, Any]:
    """What a region is called, above its line."""
    points = entry.noun.points
    x, y = min(points, key=lambda point: point[1])
    rows = [_cut(entry.noun.label)] if entry.noun.label else []
    place = {"x": round(x * SIDE, 1), "y": round(max(y * SIDE - 8, 20), 1)}
    return {**place, "size": "label", "pen": entry.noun.colour, "rows": rows}


def _path(points: Sequence[tuple[float, ...]]) -> str:
    places = [f"{point[0] * SIDE:.1f} {point[1] * SIDE:.1f}" for point in points]
    return f"M{'L'.join(places if len(places) > 1 else places * 2)}"


def _tie(thing: UUID, tie: Tie, names: dict[UUID, Figure]) -> list[Stroke]:
    ends = (names[tie.a], names[tie.b])
    path = _bow(*ends, lean=(thing.bytes[0] / 255 - 0.5) * 0.2)
    hurts, helps = "hurts" in tie.qualities, "helps" in tie.qualities
    apart = 5 if hurts and helps else 0
    strands: list[Stroke] = []
    if helps or not hurts:
        strands.append((tie.colour, tie.line, _path(_aside(path, -apart))))
    if hurts:
        pen: str = "ink" if helps else tie.colour
        strands.append((pen, "jagged", _path(_zigzag(_aside(path, apart)))))
    return strands + [(tie.colour, "arrow", head) for head in _heads(path, tie.direction)]


Line = list[tuple[float, float]]


def _bow(a: Figure, b: Figure, lean: float) -> Line:
    """Points from figure to figure, clear of both, bent a little to one side (0 to 1)."""
    length = math.dist((a.x, a.y), (b.x, b.y)) or 1 / SIDE
    across, down = (b.x - a.x) / length, (b.y - a.y) / length
    start = min((REACH[a.size] + GAP) / SIDE, length / 2)
    stretch = max(length - start - min((REACH[b.size] + GAP) / SIDE, length / 2), 1 / SIDE)
    steps = max(8, round(stretch * SIDE / 8))
    places = []
    for step in range(steps + 1):
        t = step / steps
        along, off = start + stretch * t, 4 * t * (1 - t) * lean * stretch
        places.append((a.x + across * along - down * off, a.y + down * along + across * off))
    return places


def _aside(path: Line, units: float) -> Line:
    """The same line, some units to one side."""
    (ax, ay), (bx, by) = path[0], path[-1]
    length = math.dist(path[0], path[-1]) or 1
    off = units / SIDE / length
    return [(x - (by - ay) * off, y + (bx - ax) * off) for x, y in path]


def _zigzag(path: Line) -> Line:
    left, right = _aside(path, -6), _aside(path, 6)
    inner = [(right if at % 2 else left)[at] for at in range(1, len(path) - 1)]
    return [path[0], *inner, path[-1]]


def _heads(path: Line, direction: str) -> list[str]:
    ends = []
    if direction in ("to", "both"):
        ends.append(path)
    if direction in ("from", "both"):
        ends.append(path[::-1])
    return [_head(end) for end in ends]


def _head(path: Line) -> str:
    (fx, fy), (x, y) = path[-2], path[-1]
    turn, size = math.atan2(y - fy, x - fx), 15 / SIDE
    wings = [
        (x - size * math.cos(turn + lean), y - size * math.sin(turn + lean)) for lean in (0.5, -0.5)
    ]
    return _path([wings[0], (x, y), wings[1]])


def _figure(thing: UUID, figure: Figure) -> dict[str, Any]:
    ring = not has_picture(figure.kind)
    r = REACH[figure.size]
    x, y = round(figure.x * SIDE, 1), round(figure.y * SIDE, 1)
    return {
        "x": x,
        "y": y,
        "scale": round(r / 50, 3),
        "shape": f"ring-{thing.bytes[1] % 3}" if ring else figure.kind,
        "pen": figure.colour,
        "size": figure.size,
        "initials": initials(figure.label) if ring else "",
        "drop": round(r * 0.22, 1),
        "rows": [] if ring and initials(figure.label) == figure.label else _rows(figure, x, y, r),
    }


def _rows(figure: Figure, x: float, y: float, r: float) -> list[dict[str, Any]]:
    """The name's rows, below the figure, or beside it at the lower edge."""
    rows = lines(figure.label)
    below = y + r + 8 + len(rows) * 24 < SIDE
    side = 1 if x + r + 4 + 2 * max(map(_half, rows), default=0) < SIDE else -1
    return [
        {
            "text": row,
            "dx": round(_shift(x, _half(row)) if below else side * (r + 10), 1),
            "anchor": "" if below else ("start" if side > 0 else "end"),
            "dy": r + 26 + at * 24 if below else 8 + (at - (len(rows) - 1) / 2) * 24,
            "rest": at > 0,
        }
        for at, row in enumerate(rows)
    ]


def _shift(x: float, half: float) -> float:
    return max(half - x, 0) - max(x + half - SIDE, 0)


def _half(row: str) -> float:
    return len(row) * LETTER + 6


def initials(label: str) -> str:
    """The letters inside a plain ring: up to two initials."""
    words = label.split(",")[0].split()
    whole = " ".join(words)
    if len(whole) <= 3:
        return whole.removesuffix(".")
    return "".join(word[0] for word in words[:2])


def lines(label: str) -> list[str]:
    """A name in two lines: what comes before the first comma, and the rest."""
    first, _, rest = label.partition(",")
    return [_cut(row) for row in (first, rest.strip()) if row]


def _cut(text: str) -> str:
    return f"{text[:21]}…" if len(text) > 22 else text
