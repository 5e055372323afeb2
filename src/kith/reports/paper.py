"""The report as PDF, set by typst from plain values. Nothing people wrote is read as markup."""

import msgspec

from kith.reports.document import Document
from kith.reports.said import sentences
from kith.reports.setting import printable, replaced, set_paper
from kith.web import drawings


def as_pdf(document: Document) -> bytes:
    """The report as PDF/UA. A sign that no font of ours has becomes a box, and is listed."""
    missing: set[str] = set()
    told = {
        "report": printable(msgspec.to_builtins(document), missing),
        "said": sentences(document),
        "rule": _svg((148, 14), drawings.rule()),
        "shapes": _shapes(document.theme_names),
        "replaced": replaced(missing),
    }
    return set_paper("paper.typ", told)


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
