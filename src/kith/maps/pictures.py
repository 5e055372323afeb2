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
    "ring": (arc((0, 0), (44, 40), -112, 270),),
    "box": (_line("-42 -32 42 -34 43 33 -42 34 -43 -31"),),
    "line": (_line("-44 26 44 -26"),),
    "arrow": (_line("-44 26 42 -25"), _line("12 -32 43 -26 26 2")),
    "heart": (
        _curve("0 42 -20 24 -40 4 -45 -18 -34 -36 -16 -37 -3 -26 1 -12"),
        _curve("1 -12 5 -27 18 -37 35 -35 45 -18 39 5 20 25 0 43"),
    ),
    "star": (_line("0 -46 13 -15 46 -13 20 8 29 42 0 23 -29 41 -20 8 -46 -13 -13 -15 1 -46"),),
    "sun": (
        arc((0, 0), (20, 20)),
        *(
            _line(f"{0.62 * x:.0f} {0.62 * y:.0f} {x} {y}")
            for x, y in (
                *((0, -47), (33, -33), (47, 0), (33, 33)),
                *((0, 47), (-33, 33), (-47, 0), (-33, -33)),
            )
        ),
    ),
    "cloud": (
        _curve(
            "-28 26 -44 20 -45 2 -32 -6 -26 -24 -8 -30 8 -20 26 -22 36 -8 46 4 42 20 28 26 0 27"
        ),
        _curve("4 27 -14 28 -30 26"),
    ),
    "drop": (_curve("0 -46 -14 -22 -27 2 -24 28 -2 42 22 30 28 4 14 -20 1 -45"),),
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
