"""A line drawn by hand, as a filled shape of uneven width.

A *track* is where the pen went: points in drawing units, y downwards. `line`, `curve` and `arc`
make tracks, `outline` and `dots` lay ink along one, `wash` fills the inside of one. Each of the
three gives the `d` of an SVG path. The same track and seed give the same path on every machine.

Ink is for people: what they draw and do. It is filled rather than stroked, so that it prints,
scales and takes a colour like any other shape.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

Point = tuple[float, float]
Track = list[Point]

_CORNER = 2  # neighbours on each side that a corner is softened over
_WAVES = 3  # sine waves in one drift: enough to look like a hand, few enough to stay calm


def line(points: Sequence[Point], *, step: float = 0.8) -> Track:
    """Straight from point to point, with corners a little soft, as a pen turns them."""
    track = _even(points, step)
    return [_mean(track[max(0, i - _CORNER) : i + _CORNER + 1]) for i in range(len(track))]


def curve(points: Sequence[Point], *, step: float = 0.8) -> Track:
    """Smoothly through every point (a uniform Catmull-Rom spline, Catmull & Rom 1974)."""
    ends = [points[0], *points, points[-1]]
    runs = (_span(ends[i : i + 4]) for i in range(len(points) - 1))
    return _even([points[0], *(point for run in runs for point in run)], step)


def arc(centre: Point, radii: Point, start: float = -110, end: float = 275) -> Track:
    """Along an ellipse, angles in degrees, clockwise from the right. Unless told otherwise it is
    a ring that the hand closes with a little overlap and not quite where it began."""
    full = end - start
    count = max(8, round(abs(full) / 15))
    return [
        _on_ellipse(centre, radii, start + full * i / count, i / count) for i in range(count + 1)
    ]


def outline(
    track: Sequence[Point],
    width: float,
    *,
    seed: object = 0,
    step: float | None = None,
    wobble: float = 0.18,
) -> str:
    """The path of one stroke along a track: fuller where the pen lands, thin where it lifts.

    `width` is the fullest width, `step` how far apart the points of the path lie, `wobble` how far
    the hand strays, in widths. A pen that only touched the paper leaves a dot.
    """
    spine = _even(track, step or width)
    length = _lengths(spine)[-1]
    if length < width / 8:
        return wash(arc(track[0], (width / 2, width / 2)), step=width / 2)
    dice = _dice(seed)
    stray, press = _drift(dice, width * 30), _drift(dice, width * 20)
    left, right = [], []
    for (point, normal), along in zip(_normals(spine), _lengths(spine), strict=True):
        middle = _move(point, normal, stray(along) * wobble * width)
        half = width / 2 * (0.8 + 0.2 * press(along)) * _lift(along, length, width)
        left.append(_move(middle, normal, half))
        right.append(_move(middle, normal, -half))
    return _closed(left + right[::-1])


def dots(track: Sequence[Point], size: float, *, seed: object = 0, gap: float | None = None) -> str:
    """The path of a dotted line: short dabs along a track, `gap` apart, no two quite alike."""
    dice = _dice(seed)
    places = _even(track, gap or size * 3.6)
    dabs = []
    for (x, y), (across_x, across_y) in _normals(places):
        reach = size * dice.uniform(0.35, 0.6)
        turn = dice.uniform(-0.3, 0.3)
        ahead = (across_y * reach, -across_x * reach + turn * size)
        dab = [(x - ahead[0], y - ahead[1]), (x + ahead[0], y + ahead[1])]
        dabs.append(outline(dab, size * dice.uniform(0.75, 1.05), seed=dice.random(), step=reach))
    return "".join(dabs)


def wash(track: Sequence[Point], *, step: float = 6) -> str:
    """The path of the area inside a track, for a wash of colour under a stroke."""
    return _closed(_even(track, step))


def blob(centre: Point, radii: Point, *, seed: object = 0) -> Track:
    """A ring with bulges, as one draws a loose shape round some words; begun anywhere."""
    dice = _dice(seed)
    bulge, start = _drift(dice, 2 * math.pi), dice.uniform(0, 360)
    ring = arc(centre, (1, 1), start, start + 363)
    return curve([_bulged(centre, radii, point, bulge) for point in ring], step=3)


def _bulged(centre: Point, radii: Point, point: Point, bulge: Callable[[float], float]) -> Point:
    across, down = point[0] - centre[0], point[1] - centre[1]
    reach = 1 + 0.16 * bulge(math.atan2(down, across))
    return centre[0] + across * radii[0] * reach, centre[1] + down * radii[1] * reach


def _on_ellipse(centre: Point, radii: Point, degrees: float, done: float) -> Point:
    angle, shrink = math.radians(degrees), 1 - 0.05 * done
    across, down = math.cos(angle) * shrink, math.sin(angle) * shrink
    return centre[0] + radii[0] * across, centre[1] + radii[1] * down


def _span(four: Sequence[Point], pieces: int = 12) -> Track:
    """The spline between the middle two of four points, without its first point."""
    return [
        (_cubic([p[0] for p in four], i / pieces), _cubic([p[1] for p in four], i / pieces))
        for i in range(1, pieces + 1)
    ]


def _cubic(four: Sequence[float], t: float) -> float:
    a, b, c, d = four
    return (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    ) / 2


def _lengths(track: Sequence[Point]) -> list[float]:
    """How far along the track each of its points lies."""
    total, along = 0.0, [0.0]
    for a, b in pairwise(track):
        total += math.dist(a, b)
        along.append(total)
    return along


def _even(track: Sequence[Point], step: float) -> Track:
    """The same track with its points evenly apart, about one `step`; its ends stay."""
    along = _lengths(track)
    count = max(2, round(along[-1] / step))
    result, at = [track[0]], 0
    for i in range(1, count):
        target = along[-1] * i / count
        while along[at + 1] < target:
            at += 1
        share = (target - along[at]) / ((along[at + 1] - along[at]) or 1)
        result.append(_between(track[at], track[at + 1], share))
    return [*result, track[-1]]


def _normals(track: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    """Each point with the unit vector across the track there."""
    last = len(track) - 1
    for i, point in enumerate(track):
        before, after = track[max(0, i - 1)], track[min(last, i + 1)]
        run = math.dist(before, after) or 1
        yield point, ((before[1] - after[1]) / run, (after[0] - before[0]) / run)


def _lift(along: float, length: float, width: float) -> float:
    """How much of its width a stroke has here: 0.65 where it lands, 0.4 where it lifts, else 1.
    A dab too short to thin out stays full."""
    reach = width * min(1.0, length / (width * 8))
    landing = min(1.0, 0.65 + 0.35 * along / (reach * 1.5))
    lifting = min(1.0, 0.4 + 0.6 * (length - along) / (reach * 2.5))
    return landing * lifting


def _dice(seed: object) -> random.Random:
    return random.Random(f"{seed}")  # noqa: S311 - a steady hand, not a secret


def _drift(dice: random.Random, wave: float) -> Callable[[float], float]:
    """A slow wander between -1 and 1, its longest wave about `wave` long."""
    waves = [(wave / (n + 1), dice.uniform(0, 2 * math.pi)) for n in range(_WAVES)]
    return lambda at: sum(math.sin(2 * math.pi * at / w + turn) for w, turn in waves) / _WAVES


def _move(point: Point, direction: Point, far: float) -> Point:
    return point[0] + direction[0] * far, point[1] + direction[1] * far


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _mean(points: Sequence[Point]) -> Point:
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _closed(corners: Sequence[Point]) -> str:
    """A smooth closed path: each corner pulls a curve that runs between its sides' middles."""
    middles = [
        _between(a, b, 0.5) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    pulls = (f"Q{_pair(c)} {_pair(m)}" for c, m in zip(corners, middles, strict=True))
    return f"M{_pair(middles[-1])}{''.join(pulls)}Z"


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    """One decimal is finer than any screen shows; whole numbers go without."""
    return f"{round(value, 1) + 0.0:g}"
