"""Paper set with typst from plain values, in our fonts. Nothing people wrote is read as markup."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst
from django.utils.translation import get_language

ROOM = Path(str(files("kith.reports")))
BOX = "\N{WHITE SQUARE}"


def printable(value: object, missing: set[str]) -> object:
    """The same values with a box for every sign that no font of ours has; those are noted."""
    if isinstance(value, str):
        return "".join(_sign(sign, missing) for sign in value)
    if isinstance(value, dict):
        return {name: printable(inner, missing) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(inner, missing) for inner in value]
    return value


def replaced(missing: set[str]) -> list[str]:
    """The signs that became a box, by their numbers."""
    return sorted(f"U+{ord(sign):04X}" for sign in missing)


def set_paper(
    source: str, told: dict[str, Any], form: Literal["pdf", "png"] = "pdf", ppi: int = 144
) -> bytes:
    """What the typst file `source` of this room makes of these values; PDF is PDF/UA."""
    language = (get_language() or "en").split("-")[0]
    made: bytes = typst.compile(
        str(ROOM / source),
        root=str(ROOM),
        font_paths=[str(ROOM / "fonts")],
        ignore_system_fonts=True,
        format=form,
        ppi=ppi,
        sys_inputs={"data": msgspec.json.encode({**told, "language": language}).decode()},
        pdf_standards=["ua-1"] if form == "pdf" else [],
    )
    return made


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
