"""The small pictures that stand for figures, drawn with the house's pen in a box of 100 by 100.

Their centre is 0, 0. A figure without a picture is a ring, one of three, with initials in it.
"""

from collections.abc import Mapping
from functools import cache

from kith.web.ink import Point, Track, arc, curve, line, outline

WIDTH = 5.6
_STEP = 5.0


def _points(text: str) -> list[Point]:
    numbers = [float(word) for word in text.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _line(text: str) -> Track:
    return line(_points(text), step=2)


def _curve(text: str) -> Track:
    return curve(_points(text), step=2)


_TRACKS: Mapping[str, tuple[Track, ...]] = {
    "ring-0": (arc((0, 0), (48, 47), -112, 270),),
    "ring-1": (arc((0, 0), (47, 48), -80, 300),),
    "ring-2": (arc((0, 0), (48, 46), 60, 436),),
    "animal": (
        _curve("-48 -12 -44 -22 -32 -26 -20 -24 -13 -10 6 -7 26 -9 35 -1 37 18 38 39"),
        _curve("38 39 27 40 26 22 20 13 0 14 -8 16 -9 39"),
        _curve("-9 39 -20 40 -21 18 -24 4 -34 0 -44 -3 -48 -12"),
        _curve("-27 -25 -20 -16 -19 -4 -26 -4 -30 -14 -28 -24"),
        _curve("34 -5 42 -14 46 -28"),
    ),
    "place": (
        _line("-46 -2 0 -44 46 -2"),
        _line("-36 -10 -36 42 36 42 36 -10"),
        _line("-9 42 -9 14 10 14 10 42"),
    ),
    "service": (
        _line("-46 -30 46 -31 45 38 -46 39 -46 -29"),
        _line("-34 -18 -20 -18 -20 -4 -34 -4 -34 -18"),
        _line("-7 -18 7 -18 7 -4 -7 -4 -7 -18"),
        _line("20 -18 34 -18 34 -4 20 -4 20 -18"),
        _line("-9 38 -9 14 10 14 10 38"),
    ),
    "group": (
        arc((-26, -14), (11, 12)),
        _curve("-44 36 -42 12 -26 5 -11 12 -9 28"),
        arc((26, -14), (11, 12)),
        _curve("9 28 11 12 26 5 42 12 44 36"),
        arc((0, -24), (12, 13)),
        _curve("-18 40 -16 4 0 -4 16 4 18 40"),
    ),
    "gone": (
        _line("0 -40 0 40"),
        _line("-40 0 40 0"),
        _line("-27 -27 27 27"),
        _line("27 -27 -27 27"),
    ),
    "thing": (
        _curve("-34 -12 -33 10 -25 30 -6 35 14 31 22 10 24 -12"),
        arc((-5, -12), (29, 7)),
        _curve("25 -8 42 -10 42 12 21 18"),
        _curve("-14 -26 -18 -33 -11 -38 -14 -47"),
        _curve("4 -26 0 -33 7 -38 4 -47"),
    ),
}


@cache
def pictures() -> tuple[tuple[str, str], ...]:
    """Every picture: its name, and the path of its strokes."""
    return tuple((name, _drawn(name)) for name in _TRACKS)


def has_picture(kind: str) -> bool:
    """Whether figures of this kind are shown by a picture rather than a ring."""
    return kind in _TRACKS


def _drawn(name: str) -> str:
    strokes = enumerate(_TRACKS[name])
    return "".join(outline(way, WIDTH, seed=f"{name}{at}", step=_STEP) for at, way in strokes)
