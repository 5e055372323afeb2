"""The larger drawings made with the pen: rules, threads, tallies, arcs and shapes round words.

Each answers with strokes, pairs of a pen (a class of the style sheet) and an SVG path, so that a
page, a printed report and a figure all draw the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians, sin

from kith.web.ink import Point, arc, blob, curve, dots, line, outline, wash

Stroke = tuple[str, str]  # pen, path
Span = tuple[float, float, str]  # from, to (shares of the whole time), kind
Shape = tuple[str, Point, tuple[Stroke, ...]]  # name, where its name stands, its strokes

PENS = ("walnut", "woad", "moss", "elder", "madder", "weldp", "ink")
THREAD_BOX = (400, 32)
BUNDLE_BOX = (40, 36)
ARC_BOX = (70, 40)
SHAPES_BOX = (640, 500)
SMALL_SHAPE_BOX = (44, 28)
RINGS_BOX = (64, 44)

_KEPT = frozenset({"kept", "restored"})


@lru_cache
def rings() -> tuple[Stroke, ...]:
    """The sign of Kith: two rings that meet."""
    left, right = arc((23, 22), (16.5, 16.5)), arc((42, 22), (16.5, 16.5), 70, 455)
    return (
        ("accent", outline(left, 4.4, seed="one", step=4)),
        ("ink", outline(right, 4.4, seed="other", step=4)),
    )


@lru_cache
def rule() -> tuple[Stroke, ...]:
    """The line under a title, in a box of 148 by 14."""
    return (("elder", outline(curve([(2, 8), (50, 6), (95, 9), (146, 5)]), 5.2, seed="rule")),)


@lru_cache
def underline() -> tuple[Stroke, ...]:
    """The line under the place one is in, in a box of 100 by 9."""
    return (("accent", outline(curve([(1, 5), (45, 3.6), (99, 5.6)]), 4.4, seed="here")),)


@lru_cache(maxsize=512)
def thread(spans: Sequence[Span], seed: str = "") -> tuple[Stroke, ...]:
    """A practice through time: a line while kept, dots while interrupted; let go, it simply ends.

    `spans` are (from, to, kind) in shares of the time shown, kind one of kept, restored,
    interrupted, let go. A share outside 0 to 1, or another kind, raises ValueError.
    """
    return tuple(_thread_part(span, f"{seed}{i}") for i, span in enumerate(spans) if _drawn(span))


def _drawn(span: Span) -> bool:
    start, end, kind = span
    if not 0 <= start <= end <= 1:
        raise ValueError("a span runs forward between 0 and 1")
    if kind not in _KEPT | {"interrupted", "let go"}:
        raise ValueError("a practice is kept, restored, interrupted or let go")
    return kind != "let go" and start < end


def _thread_part(span: Span, seed: str) -> Stroke:
    start, end, kind = span
    left, right = (2 + share * (THREAD_BOX[0] - 4) for share in (start, end))
    third = (right - left) / 3
    way = curve([(left, 16), (left + third, 14.6), (right - third, 17.2), (right, 15.6)], step=4)
    if kind == "interrupted":
        return "ink", dots(way, 4.6, seed=seed, gap=15)
    return "walnut", outline(way, 6.4, seed=seed, step=7, wobble=0.35)


@lru_cache(maxsize=64)
def tally(number: int) -> tuple[Stroke, ...]:
    """Bundles of five marks, because the number is rounded to five: `number` / 5 boxes in a row.

    ValueError for a number that is not a multiple of five above nought: such a number says more
    than a count of people here may say.
    """
    if number <= 0 or number % 5:
        raise ValueError("a count of people comes in fives, or is withheld")
    return tuple(mark for i in range(number // 5) for mark in _bundle(i))


def _bundle(index: int) -> list[Stroke]:
    left = index * BUNDLE_BOX[0]
    ways: list[list[Point]] = [
        [(left + 6 + n * 7 + lean, 5 + lean), (left + 5.4 + n * 7, 31)]
        for n, lean in enumerate((0.6, -0.4, 1.0, 0.2))
    ]
    ways.append([(left + 1.5, 25), (left + 34.5, 11)])
    return [("ink", outline(line(w), 2.6, seed=f"{index}{n}")) for n, w in enumerate(ways)]


@lru_cache
def paradox() -> tuple[Stroke, ...]:
    """The arc between two things that are both true: it points both ways."""
    ways = (
        curve([(6, 28), (20, 14), (35, 9.5), (50, 14), (64, 28)]),
        line([(5, 17), (6, 28.6), (16.5, 26.4)]),
        line([(65, 17), (64, 28.6), (53.5, 26.4)]),
    )
    return tuple(("elder", outline(way, 2.6, seed=f"both{i}")) for i, way in enumerate(ways))


@lru_cache(maxsize=256)
def shape(name: str, pen: str) -> tuple[Stroke, ...]:
    """One theme as a small loose shape: its wash, then its edge."""
    return _shape((22, 14), (17, 10.5), pen, name, 2.4)


@lru_cache(maxsize=64)
def shapes(names: tuple[str, ...]) -> tuple[Shape, ...]:
    """Themes as loose shapes that overlap, for a cover. Their size and place mean nothing."""
    return tuple(_placed(i, len(names), name) for i, name in enumerate(names))


def pen(index: int) -> str:
    """The pen for the n-th of several things; after the last it begins again."""
    return PENS[index % len(PENS)]


def _placed(index: int, count: int, name: str) -> Shape:
    turn = radians(360 * index / count - 150)
    spread = 0 if count == 1 else 1
    reach = 150 - 6 * min(count, 10)
    centre = (320 + spread * 165 * cos(turn), 250 + spread * 120 * sin(turn))
    label = (320 + spread * 200 * cos(turn), 256 + spread * 145 * sin(turn))
    return name, label, _shape(centre, (reach, reach * 0.86), pen(index), name, 4.2)


def _shape(centre: Point, radii: Point, colour: str, seed: str, width: float) -> tuple[Stroke, ...]:
    track = blob(centre, radii, seed=seed)
    return (
        (f"{colour} faint", wash(track, step=max(2.0, width * 3))),
        (colour, outline(track, width, seed=seed, step=width * 2.2)),
    )
