"""A small drawing beside each question, by the house's pen. It shows what is asked, never how much.

The box is 72 by 32.
"""

from collections.abc import Callable, Mapping
from functools import cache

from kith.web.drawings import Stroke
from kith.web.ink import Point, Track, arc, curve, line, outline

BOX = (72, 32)
_WIDTH = 2.3
_STEP = 2.2
Ink = Callable[[str], Stroke]


def _points(text: str) -> list[Point]:
    numbers = [float(word) for word in text.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _laid(track: Track, pen: str) -> Ink:
    return lambda seed: (pen, outline(track, _WIDTH, seed=seed, step=_STEP))


def _line(text: str, pen: str = "elder") -> Ink:
    return _laid(line(_points(text)), pen)


def _curve(text: str, pen: str = "elder") -> Ink:
    return _laid(curve(_points(text)), pen)


def _ring(x: float, y: float, reach: float, pen: str = "ink") -> Ink:
    return _laid(arc((x, y), (reach, reach)), pen)


_BOTH = (_ring(10, 16, 7), _ring(62, 16, 7))
_SIGNS: Mapping[str, tuple[Ink, ...]] = {
    "given": (*_BOTH, _curve("21 17 34 13 51 16"), _line("45 11 51.5 16 45 20.5")),
    "received": (*_BOTH, _curve("51 17 38 13 21 16"), _line("27 11 20.5 16 27 20.5")),
    "good": (*_BOTH, _curve("20 16 30 11 42 20 52 16", "woad")),
    "hard": (*_BOTH, _line("20 16 25 10 31 22 37 10 43 22 48 11 52 16", "walnut")),
    "often": (*_BOTH, _curve("21 13 36 5 51 13", "woad"), _curve("51 19 36 27 21 19", "woad")),
    "long": (*_BOTH, _curve("3 28.5 24 26.5 48 29.5 69 27.5", "moss")),
    "pleasant": (
        _ring(12, 19, 8), _ring(28, 19, 8), _curve("3 8 11 4.5 20 8 29 4.5 38 8", "woad"),
    ),
    "lasting": (_ring(14, 16, 10), _ring(27, 16, 10, "elder")),
    "valued": (*_BOTH, _curve("36 24 26 14 28 8 33 8 36 13 39 8 44 8 46 14 36 24.5")),
    "pressure": (
        _ring(46, 16, 7), _line("4 8 32 14", "walnut"), _line("3 16 33 16", "walnut"),
        _line("4 24 32 18", "walnut"),
    ),
    "voice": (
        _ring(10, 16, 7), _curve("22 11 25 16 22 21"), _curve("29 8 33 16 29 24"),
        _curve("37 5 42 16 37 27"),
    ),
    "room": (
        _line("14 27 14 5 38 5 38 27"), _line("14 5 26 9 26 31 14 27"),
        _line("4 28 48 28", "ink"),
    ),
    "limits": (
        _line("3 12 57 12", "ink"), _line("3 21 57 21", "ink"), _line("12 5 12 28", "ink"),
        _line("30 5 30 28", "ink"), _line("48 5 48 28", "ink"),
    ),
}  # fmt: skip


@cache
def sign(item: str) -> tuple[Stroke, ...]:
    """The strokes of one small drawing."""
    return tuple(ink(f"{item}{at}") for at, ink in enumerate(_SIGNS[item]))
