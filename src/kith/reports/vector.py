"""A map as an SVG file of its own: every colour and line in it, nothing beside it."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kith.maps.drawing import REACH, SIDE, Still
from kith.maps.nouns import Strength
from kith.maps.pictures import pictures
from kith.maps.under import Under

PENS = {
    "ink": "#1D272E",
    "elder": "#7A3A6B",
    "woad": "#2F6288",
    "moss": "#4B7234",
    "madder": "#B0392F",
    "walnut": "#83562F",
    "weld": "#A3780B",
}
"""The pens of the look, on white paper."""
_WIDTHS = {"thick": "8", "jagged": "3", "arrow": "3.6", "region": "2.5", "shape": "4"}
_BY_HAND = {"fine": "2.6", "middle": "4.5", "broad": "8.5"}
_DASHES = {"dashed": "14 13", "region": "9 8"}
_LETTERS = {"small": 23, "middle": 31, "large": 44}
_WRITTEN = {"small": 18, "middle": 24, "large": 36, "label": 20}
_PAPER = {"plain": "#fff", "squared": "#fff", "wash": "#F1E3ED"}
_FAINT = "#CDD3C8"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML file may hold."""
FONTS = "Atkinson Hyperlegible Next, DejaVu Sans, sans-serif"


_SHOWS = {"faint": 0.22, "middle": 0.45, "strong": 0.8}
"""How strongly a photo under the paper shows, as on the page."""

_ROUND = format_html_join(
    "", '<clipPath id="round-{0}"><circle r="{0}"/></clipPath>', ((r,) for r in REACH.values())
)


@dataclass(frozen=True, slots=True)
class Given:
    """Pictures of its drawer's own (JPEG): one under the paper, and those that stand for figures.

    `faces` are in the order of the figures; None where a figure has none.
    """

    photo: bytes = b""
    strength: Strength = "faint"
    faces: Sequence[bytes | None] = ()


def as_svg(still: Still, told: str = "", given: Given | None = None) -> str:
    """The picture with all the names that are in it; `told` is the same in words, for who hears."""
    under, given = still.under, given or Given()
    made = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" width="{0}" height="{0}"'
        ' font-family="{1}">{2}{3}<rect width="{0}" height="{0}" fill="{4}"/>'
        "{5}{6}{7}{8}{9}{10}</svg>",
        SIDE,
        FONTS,
        format_html("<desc>{}</desc>", told) if told else "",
        _ROUND if any(given.faces) else "",
        _PAPER[under.background if under else "plain"],
        _photo(given) if given.photo else "",
        _under(under) if under else "",
        _each(_line(*one) for one in still.lines),
        _each(map(_stamp, still.stamps)),
        _each(map(_text, still.texts)),
        _each(_figure(*one) for one in zip_longest(still.figures, given.faces)),
    )
    return _NO_XML.sub("", made)


def _each(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _photo(given: Given) -> SafeString:
    shape = '<image width="{0}" height="{0}" opacity="{1}" href="{2}"/>'
    return format_html(shape, SIDE, _SHOWS[given.strength], _data(given.photo))


def _data(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"


def _line(pen: str, strand: str, path: str) -> SafeString:
    sort, *width = strand.split()
    dashes = _DASHES.get(sort)
    return format_html(
        '<path d="{}" fill="{}" fill-opacity=".28" stroke="{}" stroke-width="{}"'
        ' stroke-linecap="round" stroke-linejoin="round"{}/>',
        path,
        "#F7E3A1" if sort == "region" else "none",
        PENS.get(pen, PENS["ink"]),
        _BY_HAND[width[0]] if width else _WIDTHS.get(sort, "4.5"),
        format_html(' stroke-dasharray="{}"', dashes) if dashes else "",
    )


def _under(under: Under) -> SafeString:
    squares = [f"M0 {at}H{SIDE}M{at} 0V{SIDE}" for at in range(50, SIDE, 50)]
    paths = [*(squares if under.background == "squared" else ()), *under.rays]
    middle = SIDE / 2
    return _each(
        (
            _each(_ring(middle, reach) for reach in under.rings),
            _each(format_html('<path d="{}" stroke="{}"/>', path, _FAINT) for path in paths),
            _each(_written({**one, "anchor": "middle"}, 18, "#49545A") for one in under.names),
        )
    )


def _ring(middle: float, reach: float) -> SafeString:
    shape = '<circle cx="{0}" cy="{0}" r="{1}" fill="none" stroke="{2}" stroke-width="2"/>'
    return format_html(shape, middle, reach, _FAINT)


def _stamp(stamp: Mapping[str, Any]) -> SafeString:
    path = dict(pictures())[stamp["what"]]
    colour = PENS.get(stamp["pen"], PENS["ink"])
    return format_html('<path transform="{}" fill="{}" d="{}"/>', stamp["place"], colour, path)


def _text(text: Mapping[str, Any]) -> SafeString:
    """Writing, row under row; where its words are left out, two lines in their place."""
    size, colour = _WRITTEN[text["size"]], PENS.get(text["pen"], PENS["ink"])
    if not text["rows"]:
        place = '<path transform="translate({} {})" d="M0 0h90M0 14h60" stroke="{}"/>'
        return SafeString(
            "" if text["size"] == "label" else format_html(place, text["x"], text["y"], colour)
        )
    anchor = "middle" if text["size"] == "label" else "start"
    return _each(
        _written(
            {"text": row, "x": text["x"], "y": text["y"] + at * size * 1.3, "anchor": anchor},
            size,
            colour,
        )
        for at, row in enumerate(text["rows"])
    )


def _written(row: Mapping[str, Any], size: int, colour: str) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-size="{}" fill="{}" stroke="#fff"'
        ' stroke-width="6" stroke-linejoin="round" paint-order="stroke">{}</text>',
        round(row["x"], 1),
        round(row["y"], 1),
        row["anchor"],
        size,
        colour,
        row["text"],
    )


def _figure(figure: Mapping[str, Any], face: bytes | None) -> SafeString:
    return format_html(
        '<g transform="translate({} {})" fill="{}"><path transform="scale({})" d="{}"/>{}{}</g>',
        figure["x"],
        figure["y"],
        PENS.get(figure["pen"], PENS["ink"]),
        figure["scale"],
        dict(pictures())[figure["shape"]],
        _face(face, REACH[figure["size"]]) if face else _initials(figure),
        _each(map(_name, figure["rows"])),
    )


def _initials(figure: Mapping[str, Any]) -> SafeString:
    shape = '<text y="{}" text-anchor="middle" font-size="{}">{}</text>'
    return format_html(shape, figure["drop"], _LETTERS[figure["size"]], figure["initials"])


def _face(jpeg: bytes, reach: float) -> SafeString:
    """A picture in a round frame, as far as the figure reaches."""
    shape = (
        '<image x="-{0}" y="-{0}" width="{1}" height="{1}" preserveAspectRatio="xMidYMid slice"'
        ' clip-path="url(#round-{0})" href="{2}"/>'
    )
    return format_html(shape, reach, 2 * reach, _data(jpeg))


def _name(row: Mapping[str, Any]) -> SafeString:
    place = {"x": row["dx"], "y": row["dy"], "anchor": row["anchor"] or "middle"}
    return _written({"text": row["text"], **place}, 21 if row["rest"] else 24, PENS["ink"])
