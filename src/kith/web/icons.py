"""The small signs, each drawn in a box of 26 by 26 with the same hand (see `ink`).

A sign never stands alone: words stand beside it, so screen readers are told to pass it over.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kith.web.ink import Point, Track, arc, curve, dots, line, outline, wash

BOX = 26
_WIDTH = 2.1
_STEP = 2.2

Stroke = Callable[[str], str]  # seed in, path out


def _points(text: str) -> list[Point]:
    numbers = [float(word) for word in text.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _inked(track: Track, width: float = _WIDTH) -> Stroke:
    return lambda seed: outline(track, width, seed=seed, step=_STEP)


def _line(text: str) -> Stroke:
    return _inked(line(_points(text)))


def _curve(text: str) -> Stroke:
    return _inked(curve(_points(text)))


def _ring(x: float, y: float, across: float, down: float | None = None) -> Stroke:
    return _inked(arc((x, y), (across, down or across)))


def _dot(x: float, y: float) -> Stroke:
    return lambda seed: wash(arc((x, y), (1.7, 1.6)), step=1)


def _dotted(track: Track) -> Stroke:
    return lambda seed: dots(track, 2.8, seed=seed, gap=4.4)


_PAGE = (_line("16 3.5 6 3.5 6 22.5 20.5 22.5 20.5 8 16 3.5"), _line("15 4 15 9 20 9"))
_EYE = (
    _curve("2.5 13 7 8 13 6.3 19 8 23.5 13 19 18 13 19.7 7 18 3 13.4"),
    _ring(13, 13, 3.1),
)
_BOX_22 = _line("3.5 6 22.5 6 22.5 20 3.5 20 3.5 5.6")

_DRAWINGS: dict[str, tuple[Stroke, ...]] = {
    # the five places
    "home": (
        _line("3.5 13.2 13 4 22.5 13.2"),
        _line("6 11.5 6 22 20 22 20 11.5"),
        _line("11 22 11 15.8 15 15.8 15 22"),
    ),
    "map": (
        _ring(8, 8, 4.2),
        _ring(18.7, 18.4, 4.2),
        _curve("11.2 10.8 13.6 11.6 14 14 15.8 15.6"),
    ),
    "cup": (
        _curve("5.2 10.5 5.6 16.5 7.8 20.6 12 21.3 16 20.6 18 16.5 18.6 10.5"),
        _ring(11.9, 10.4, 6.7, 1.7),
        _curve("18.8 12 22.6 11.6 22.3 16 17.9 17.2"),
        _curve("9.4 7 8.5 5.4 10 4 9.3 2.2"),
        _curve("13.6 7 12.7 5.4 14.2 4 13.5 2.2"),
    ),
    "together": (_ring(13, 8.6, 4.9), _ring(8.9, 16.2, 4.9), _ring(17.1, 16.2, 4.9)),
    "eye": _EYE,
    # acts
    "exit": (
        _line("14 4 5 4 5 22 14 22"),
        _line("10.5 13 22 13"),
        _line("17.5 8.2 22.4 13 17.5 17.8"),
    ),
    "back": (_line("22.5 13 4.5 13"), _line("10.5 6.5 4 13 10.5 19.5")),
    "forward": (_line("3.5 13 21.5 13"), _line("15.5 6.5 22 13 15.5 19.5")),
    "undo": (
        _curve("5 10 14 8.8 20.5 11.5 20.5 17 15 20.4 9 20.2"),
        _line("9.8 5 4.6 10 9.8 15"),
    ),
    "pen": (
        _line("6 20.2 7 15.5 17.3 4.8 21.3 8.8 10.8 19.2 5.8 20.4"),
        _line("14.9 7.6 18.6 11.3"),
    ),
    "figure": (_ring(13, 13, 9.3), _line("13 9 13 17"), _line("9 13 17 13")),
    "tie": (_ring(5.8, 20, 2.9), _ring(20.2, 6, 2.9), _curve("8.2 18.6 13 17 12.6 11 17.8 8")),
    "around": (_dotted(arc((13, 13), (9.3, 9.3), 0, 337)),),
    "hand": (
        _line("13 3 13 23"),
        _line("3 13 23 13"),
        _line("10 6 13 3 16 6"),
        _line("10 20 13 23 16 20"),
        _line("6 10 3 13 6 16"),
        _line("20 10 23 13 20 16"),
    ),
    "write": (_line("5 5 21 5"), _line("13 5 13 21.5"), _line("9.5 21.5 16.5 21.5")),
    "shape": (_ring(9, 16, 6), _line("12.5 12 12.5 4 22.5 4 22.5 14 15.5 14")),
    "rubber": (
        _line("9.5 21.5 3.5 15.5 14.5 4.5 22.5 12.5 13.5 21.5 9.5 21.5"),
        _line("8.8 10.2 17 18.2"),
        _line("13.5 21.5 23 21.5"),
    ),
    "whole": (
        _line("9 3.5 3.5 3.5 3.5 9"),
        _line("17 3.5 22.5 3.5 22.5 9"),
        _line("9 22.5 3.5 22.5 3.5 17"),
        _line("17 22.5 22.5 22.5 22.5 17"),
    ),
    "words": (
        _line("4 5 22 5 22 17 12.5 17 8 21.8 8.3 17 4 17 4 4.6"),
        _line("8.5 9.3 17.5 9.3"),
        _line("8.5 13 14.5 13"),
    ),
    "plus": (_line("13 4.5 13 21.5"), _line("4.5 13 21.5 13")),
    "minus": (_line("4.5 13 21.5 13"),),
    "close": (_line("5.5 5.5 20.5 20.5"), _line("20.5 5.5 5.5 20.5")),
    "pause": (_line("9 5 9 21"), _line("17 5 17 21")),
    "stop": (_ring(13, 13, 9.3), _line("7.5 13 18.5 13")),
    "print": (
        _line("7 9.5 7 3.5 19 3.5 19 9.5"),
        _line("7 18 3.5 18 3.5 9.5 22.5 9.5 22.5 18 19 18"),
        _line("7 14.5 19 14.5 19 22.5 7 22.5 7 14.2"),
    ),
    "search": (_ring(11, 11, 6.7), _line("16 16 22.5 22.5")),
    # states
    "check": (_line("4.5 14 10.5 20.2 22 6.2"),),
    "device": (_line("8 3.5 18 3.5 18 22.5 8 22.5 8 3"), _line("11.4 19.3 14.6 19.3")),
    "sent": (_line("3.5 12.4 22.5 4 16.4 22 12 14.4 3.5 12.4"), _line("12 14.4 21.8 4.6")),
    "clock": (_ring(13, 13, 9.3), _line("13 7 13 13.3 17.4 16")),
    "warning": (_ring(13, 13, 9.5), _line("13 7.4 13 14.4"), _dot(13, 18.2)),
    "info": (_ring(13, 13, 9.5), _line("13 12 13 18.8"), _dot(13, 8)),
    "lock": (
        _line("6 11.8 20 11.8 20 22 6 22 6 11.4"),
        _curve("8.7 11.6 8.7 6.5 13 3.9 17.3 6.5 17.3 11.6"),
    ),
    "hidden": (*_EYE, _line("5 22 21 4")),
    # things
    "card": (_BOX_22, _line("7 10.6 15 10.6"), _line("7 14.8 19 14.8")),
    "envelope": (_BOX_22, _line("4.2 7 13 14.6 21.8 7")),
    "calendar": (
        _line("4 6 22 6 22 22 4 22 4 5.6"),
        _line("4 11 22 11"),
        _line("9 3 9 8"),
        _line("17 3 17 8"),
    ),
    "door": (_line("7 22.5 7 3.5 19 3.5 19 22.5"), _line("3.5 22.5 22.5 22.5"), _dot(15.6, 13.6)),
    "key": (
        _ring(7.8, 18, 4.3),
        _line("11 14.8 21.6 4.6"),
        _line("17 9 19.8 11.8"),
        _line("20.6 5.6 23.2 8.2"),
    ),
    "page": (*_PAGE, _line("10 13 16.5 13"), _line("10 17.5 16.5 17.5")),
    "file": (*_PAGE, _line("13.2 11.5 13.2 19"), _line("10 16 13.2 19.4 16.4 16")),
    "person": (_ring(13, 8, 4.2), _curve("4.5 22 6.8 16.4 13 14.8 19.2 16.4 21.5 22")),
    "people": (
        _ring(9, 8.6, 3.6),
        _curve("2.6 21.4 4.2 15.9 9 14.7 13.8 15.9 15.4 21.4"),
        _ring(18, 9.6, 2.9),
        _curve("16.8 15.4 20.8 15.7 23.2 20.8"),
    ),
    "star": tuple(
        _line(way) for way in ("13 4 13 22", "4 13 22 13", "6.8 6.8 19.2 19.2", "19.2 6.8 6.8 19.2")
    ),
    # together: what is tried, said and found
    "change": (
        _curve("4.8 11.5 7.6 6.6 13.5 5 19.3 8.2"),
        _line("20.6 3.6 20 8.8 14.9 8.3"),
        _curve("21.2 14.5 18.4 19.4 12.5 21 6.7 17.8"),
        _line("5.4 22.4 6 17.2 11.1 17.7"),
    ),
    "signpost": (_line("13 3 13 23"), _line("13 6 19 6 22.6 9.5 19 13 5.5 13 5.5 6 13 6")),
    "paradox": (
        _curve("4 16.5 8 9.5 13 7.5 18 9.5 22 16.5"),
        _line("3.4 11 4 16.8 9.2 15"),
        _line("22.6 11 22 16.8 16.8 15"),
    ),
    "theme": (_ring(9.6, 13, 6.6, 5.8), _ring(16.6, 13, 6.4, 6)),
    "path": (
        _ring(5.8, 20.2, 2.8),
        _dotted(curve(_points("9.4 19 15 17.5 11 11.5 16.8 8"))),
        _ring(20.3, 6, 2.8),
    ),
    "nod": (_line("2.5 14 7.2 19 15.5 7"), _line("12 17.4 13.6 19 23 7")),
    "other": (
        _line("11 13 3.6 13"),
        _line("7 8.8 3 13 7 17.2"),
        _line("15 13 22.4 13"),
        _line("19 8.8 23 13 19 17.2"),
    ),
    "silence": (_dot(6, 13), _dot(13, 13), _dot(20, 13)),
    "question": (_curve("8.2 9 10 5 14 4.2 17.6 7.4 16.6 11.4 13.2 13.6 13 17"), _dot(13, 21.4)),
    "story": (
        _line("13 7 13 21"),
        _line("13 7 8.5 5.2 3.5 5.5 3.5 19.3 8.5 19.2 13 21"),
        _line("13 7 17.5 5.2 22.5 5.5 22.5 19.3 17.5 19.2 13 21"),
    ),
    # how it felt
    "warm": (
        _ring(13, 13, 4.6),
        *(
            _line(ray)
            for ray in (
                "13 2.5 13 5.8",
                "13 20.2 13 23.5",
                "2.5 13 5.8 13",
                "20.2 13 23.5 13",
                "5.6 5.6 7.8 7.8",
                "18.2 18.2 20.4 20.4",
                "20.4 5.6 18.2 7.8",
                "7.8 18.2 5.6 20.4",
            )
        ),
    ),
    "sad": (_curve("13 3.5 17.6 10.5 19 16 16.6 20.8 13 22 9.4 20.8 7 16 8.4 10.5 12.8 3.8"),),
    "calm": (
        _curve("3 10.6 8 8.4 13 10.6 18 12.8 23 10.6"),
        _curve("3 17 8 14.8 13 17 18 19.2 23 17"),
    ),
    "cross": (_line("3 17 7 8 11 18 15 8 19 18 23 9"),),
}

_EYES = (_dot(8.6, 10.4), _dot(17.4, 10.4))
_SHUT = (_curve("6.4 10.6 8.6 11.8 10.8 10.6"), _curve("15.2 10.6 17.4 11.8 19.6 10.6"))

_FACES: dict[str, tuple[Stroke, ...]] = {
    # what one felt, each beside its opposite; the line round a face is drawn by the style sheet
    "face-glad": (*_EYES, _curve("7 15.6 9.6 19.2 13 20.2 16.4 19.2 19 15.6")),
    "face-sad": (*_EYES, _curve("8 19.6 10.2 17.2 13 16.5 15.8 17.2 18 19.6")),
    "face-calm": (*_SHUT, _curve("9 17 11 18.2 13 18.5 15 18.2 17 17")),
    "face-tense": (*_EYES, _line("7.6 18.6 10.2 16.6 12.2 18.8 14.4 16.6 16.4 18.8 18.6 16.8")),
    "face-warm": (
        _curve("6.4 11 8.6 9 10.8 11"),
        _curve("15.2 11 17.4 9 19.6 11"),
        _curve("7.6 15.4 10 18.8 13 19.6 16 18.8 18.4 15.4"),
    ),
    "face-angry": (
        _line("6 7.4 10.8 9.6"),
        _line("20 7.4 15.2 9.6"),
        *_EYES,
        _line("8.4 18.4 13 17.4 17.6 18.4"),
    ),
    "face-close": (_dot(10.6, 10.4), _dot(19, 10.4), _curve("8.6 16 11.2 18.8 14.6 19 18.6 16")),
    "face-alone": (_dot(6.6, 12), _dot(14.6, 12), _line("7.4 19 12.6 19")),
    "face-safe": (*_EYES, _curve("8.4 16.6 10.8 18.6 13 18.9 15.2 18.6 17.6 16.6")),
    "face-afraid": (_ring(8.4, 10, 2.2), _ring(17.6, 10, 2.2), _ring(13, 18.2, 2.4, 2.9)),
    "face-awake": (
        _curve("5.8 7.4 8.6 5.6 11 7"),
        _curve("15 7 17.4 5.6 20.2 7.4"),
        *_EYES,
        _curve("9.4 16.6 11.2 18.4 13 18.7 14.8 18.4 16.6 16.6"),
    ),
    "face-tired": (*_SHUT, _curve("9.6 18.4 12 17.6 14.4 18.2 16.6 17.6")),
}
_DRAWINGS |= _FACES

NAMES = frozenset(_DRAWINGS)


@cache
def path(name: str) -> str:
    """The SVG path of a sign, by its name; KeyError for a name that nobody drew."""
    return "".join(stroke(f"{name}{i}") for i, stroke in enumerate(_DRAWINGS[name]))
