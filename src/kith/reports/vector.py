"""A map as an SVG file of its own: every colour and line in it, nothing beside it."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kith.maps.drawing import SIDE, Still
from kith.maps.pictures import pictures

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
_WIDTHS = {
    "thick": "8",
    "jagged": "3",
    "arrow": "3.6",
    "stroke fine": "2.6",
    "stroke broad": "8.5",
    "region": "2.5",
}
_WRITTEN = {"small": 18, "middle": 24, "large": 36, "label": 20}
_LETTERS = {"small": 23, "middle": 31, "large": 44}


def as_svg(still: Still) -> str:
    """The picture with all its names."""
    lines = format_html_join(
        "",
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linecap="round"'
        ' stroke-linejoin="round"{}/>',
        (_line(*one) for one in still.lines),
    )
    stamps = format_html_join(
        "",
        '<path transform="{}" fill="{}" d="{}"/>',
        ((one["place"], PENS[one["pen"]], dict(pictures())[one["what"]]) for one in still.stamps),
    )
    texts = format_html_join("", "{}", ((_text(one),) for one in still.texts))
    figures = format_html_join("", "{}", ((_figure(one),) for one in still.figures))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" width="{0}" height="{0}"'
        ' font-family="sans-serif"><rect width="{0}" height="{0}" fill="#fff"/>{1}{2}{3}{4}</svg>',
        SIDE,
        lines,
        stamps,
        figures,
        texts,
    )


def _line(pen: str, strand: str, path: str) -> tuple[str, str, str, SafeString]:
    dashed = strand in ("dashed", "region")
    dashes = SafeString(' stroke-dasharray="14 13"' if dashed else "")
    return path, PENS.get(pen, PENS["ink"]), _WIDTHS.get(strand, "4.5"), dashes


def _text(text: dict[str, Any]) -> SafeString:
    """Writing, row by row, or what a region is called."""
    size = _WRITTEN[text["size"]]
    rows = format_html_join(
        "",
        '<tspan x="{}" dy="{}">{}</tspan>',
        ((text["x"], size * 1.3 if at else 0, row) for at, row in enumerate(text["rows"])),
    )
    return format_html(
        '<text x="{}" y="{}" font-size="{}" fill="{}" text-anchor="{}">{}</text>',
        text["x"],
        text["y"],
        size,
        PENS[text["pen"]],
        "middle" if text["size"] == "label" else "start",
        rows,
    )


def _figure(figure: dict[str, Any]) -> SafeString:
    shape = dict(pictures())[figure["shape"]]
    rows = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}" font-size="{}" fill="#1D272E">{}</text>',
        (
            (
                row["dx"],
                row["dy"],
                row["anchor"] or "middle",
                21 if row["rest"] else 24,
                row["text"],
            )
            for row in figure["rows"]
        ),
    )
    return format_html(
        '<g transform="translate({} {})" fill="{}"><path transform="scale({})" d="{}"/>'
        '<text y="{}" text-anchor="middle" font-size="{}">{}</text>{}</g>',
        figure["x"],
        figure["y"],
        PENS.get(figure["pen"], PENS["ink"]),
        figure["scale"],
        shape,
        figure["drop"],
        _LETTERS[figure["size"]],
        figure["initials"],
        rows,
    )
