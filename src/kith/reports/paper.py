"""The report as PDF, set by typst from plain values. Nothing people wrote is read as markup."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec
import typst
from django.utils.translation import get_language

from kith.reports.document import Document
from kith.reports.said import sentences
from kith.web import drawings

ROOM = Path(str(files("kith.reports")))
BOX = "\N{WHITE SQUARE}"


def as_pdf(document: Document) -> bytes:
    """The report as PDF/UA. A sign that no font of ours has becomes a box, and is listed."""
    plain = msgspec.to_builtins(document)
    missing: set[str] = set()
    told = {
        "report": _printable(plain, missing),
        "said": sentences(document),
        "language": (get_language() or "en").split("-")[0],
        "rule": _svg((148, 14), drawings.rule()),
        "shapes": _shapes(document.theme_names),
        "replaced": sorted(f"U+{ord(sign):04X}" for sign in missing),
    }
    made: bytes = typst.compile(
        str(ROOM / "paper.typ"),
        root=str(ROOM),
        font_paths=[str(ROOM / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": msgspec.json.encode(told).decode()},
        pdf_standards=["ua-1"],
    )
    return made


def _printable(value: object, missing: set[str]) -> object:
    """The same values with a box for every sign that no font of ours has."""
    if isinstance(value, str):
        return "".join(_sign(sign, missing) for sign in value)
    if isinstance(value, dict):
        return {name: _printable(inner, missing) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(inner, missing) for inner in value]
    return value


def _sign(sign: str, missing: set[str]) -> str:
    if ord(sign) in _known() or sign in "\n\t":
        return sign
    missing.add(sign)
    return BOX


@cache
def _known() -> frozenset[int]:
    """The signs that the shipped fonts can print; the file lists ranges in hexadecimal."""
    lines = (ROOM / "fonts" / "characters.txt").read_text().split()
    spans = ((int(one, 16) for one in line.split("-")) for line in lines)
    return frozenset(code for first, last in spans for code in range(first, last + 1))


_PENS = {"elder": "#652E59", "woad": "#28506F", "moss": "#3C5C2B", "madder": "#932B24"}
_PENS |= {"walnut": "#69452A", "weldp": "#8A6500", "ink": "#1D272E"}


def _svg(box: tuple[int, int], strokes: tuple[drawings.Stroke, ...]) -> str:
    drawn = "".join(_path(*stroke) for stroke in strokes)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box[0]} {box[1]}">'
    return f"{head}{drawn}</svg>"


def _path(css: str, path: str) -> str:
    pen = next((colour for name, colour in _PENS.items() if name in css.split()), "#1D272E")
    faint = ' fill-opacity=".13"' if "faint" in css.split() else ""
    return f'<path fill="{pen}"{faint} d="{path}"/>'


def _shapes(names: tuple[str, ...]) -> dict[str, object] | None:
    """The themes as overlapping shapes, and where each name stands (in parts of the whole)."""
    if not names:
        return None
    across, down = drawings.SHAPES_BOX
    placed = drawings.shapes(names)
    strokes = tuple(stroke for _name, _at, part in placed for stroke in part)
    labels = [[name, x / across, y / down] for name, (x, y), _part in placed]
    return {"svg": _svg((across, down), strokes), "labels": labels, "ratio": down / across}
