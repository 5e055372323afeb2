"""A map as a picture or on paper, and bare sheets to draw on by hand."""

import msgspec
from django.utils.translation import gettext as _

from kith.maps.talk.prompts import arc
from kith.permissions.viewer import Viewer
from kith.reports.maps.sheet import Sheet
from kith.reports.setting import printable, replaced, set_paper

PPI = 240
"""Signs of a PNG to the inch: 2,000 across."""


def as_picture(sheet: Sheet) -> bytes:
    """The picture alone, as PNG."""
    return set_paper("picture.typ", {"svg": printable(sheet.svg, set())}, "png", PPI)


def as_paper(sheet: Sheet) -> bytes:
    """The picture, its description and what was said, as PDF/UA."""
    missing: set[str] = set()
    told = {"sheet": printable(msgspec.to_builtins(sheet), missing), "words": _words(sheet)}
    return set_paper("drawing.typ", {**told, "replaced": replaced(missing)})


def blank(viewer: Viewer) -> bytes:
    """A bare sheet for each part of the talk, with the prompts as this viewer words them."""
    parts = [{"name": str(part.name), "asks": part.asks} for part in arc(viewer)]
    words = {"title": _("Paper to draw on"), "foot": _("You can leave any of this out.")}
    return set_paper("blank.typ", {"parts": printable(parts, set()), "words": words})


def _words(sheet: Sheet) -> dict[str, str]:
    return {
        "title": str(printable(sheet.title, set())),
        "own": _("In the drawer’s own words"),
        "told": _("The map in words"),
        "bare": _("The paper is bare."),
        "foot": _(
            "Pseudonymised personal data. A distance means what its drawer says, or nothing."
        ),
        "replaced": _("Signs that could not be printed are left out, or stand as boxes:"),
    }
