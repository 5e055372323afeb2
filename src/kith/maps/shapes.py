"""Plain shapes and stamps as lines, for still pictures: each fills the box between its corners."""

import math
from collections.abc import Callable, Sequence

from kith.maps.nouns import Shape

Point = tuple[float, float]
Line = list[Point]
_FULL = 2 * math.pi
_HEAD = 0.04  # how long the wings of an arrow are


def lines_of(shape: Shape) -> list[Line]:
    """The lines of a shape on the paper."""
    if shape.what in ("line", "arrow"):
        return _straight(shape)
    left, right = sorted((shape.x, shape.x2))
    top, bottom = sorted((shape.y, shape.y2))
    return [
        [(left + x * (right - left), top + y * (bottom - top)) for x, y in line]
        for line in _SHAPES[shape.what]()
    ]


def _straight(shape: Shape) -> list[Line]:
    a, b = (shape.x, shape.y), (shape.x2, shape.y2)
    if shape.what == "line":
        return [[a, b]]
    turn = math.atan2(b[1] - a[1], b[0] - a[0])
    wings = [
        (b[0] - _HEAD * math.cos(turn + lean), b[1] - _HEAD * math.sin(turn + lean))
        for lean in (0.5, -0.5)
    ]
    return [[a, b], [wings[0], b, wings[1]]]


def _turned(at: Callable[[float], Point], steps: int = 48) -> Line:
    return [at(_FULL * step / steps) for step in range(steps + 1)]


def _fitted(line: Sequence[Point]) -> Line:
    """The same line, from edge to edge of a box of one by one."""
    left, top = min(x for x, _ in line), min(y for _, y in line)
    wide, high = max(x for x, _ in line) - left, max(y for _, y in line) - top
    return [((x - left) / wide, (y - top) / high) for x, y in line]


def _ring(reach: float = 0.5) -> Line:
    return _turned(lambda t: (0.5 + reach * math.cos(t), 0.5 + reach * math.sin(t)))


def _heart() -> Line:
    def at(t: float) -> Point:
        waves = (13, -5, -2, -1)
        return 16 * math.sin(t) ** 3, -sum(w * math.cos((n + 1) * t) for n, w in enumerate(waves))

    return _fitted(_turned(at))


def _star() -> Line:
    def at(t: float) -> Point:
        reach = 1 if round(t / _FULL * 10) % 2 == 0 else 0.42
        return reach * math.sin(t), -reach * math.cos(t)

    return _fitted(_turned(at, 10))


def _cloud() -> Line:
    def at(t: float) -> Point:
        reach = 1 + 0.3 * abs(math.sin(2.5 * t))
        return reach * math.cos(t), reach * math.sin(t)

    return _fitted(_turned(at, 60))


def _drop() -> Line:
    return _fitted(_turned(lambda t: (math.sin(t) * math.sin(t / 2) ** 1.6, -math.cos(t))))


def _sun() -> list[Line]:
    turns = (_FULL * ray / 8 for ray in range(8))
    rays = [
        [(0.5 + far * math.cos(t), 0.5 + far * math.sin(t)) for far in (0.36, 0.5)] for t in turns
    ]
    return [_ring(0.25), *rays]


_SHAPES: dict[str, Callable[[], list[Line]]] = {
    "ring": lambda: [_ring()],
    "box": lambda: [[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]],
    "heart": lambda: [_heart()],
    "star": lambda: [_star()],
    "sun": _sun,
    "cloud": lambda: [_cloud()],
    "drop": lambda: [_drop()],
}
