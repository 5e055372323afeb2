"""Paper set with typst from plain values, in our fonts. Nothing people wrote is read as markup."""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst
from django.utils.translation import get_language

ROOM = Path(str(files("kith.reports")))
BOX = "\N{WHITE SQUARE}"
Standards = tuple[Literal["ua-1"], ...]
UA: Standards = ("ua-1",)
SPACES = str.maketrans(
    {"\t": " ", "\u1680": " ", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}
    | dict.fromkeys("\u200d\ufeff", "")
)
"""Signs that no font draws, and what stands for them on paper."""
MARKED = re.compile(r"\w[\u0300-\u036f]+")
"""A letter and its marks apart, as some devices type them. (A mark after `>` is no letter's: in a
drawing the two would become another sign.)"""


def printable(value: object, missing: set[str]) -> object:
    """The same values with a box for every sign that no font of ours has; those are noted."""
    if isinstance(value, str):
        lines = value.replace("\r\n", "\n").translate(SPACES)
        whole = MARKED.sub(lambda found: unicodedata.normalize("NFC", found[0]), lines)
        return "".join(_sign(sign, missing) for sign in whole)
    if isinstance(value, dict):
        return {name: printable(inner, missing) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(inner, missing) for inner in value]
    return value


def replaced(missing: set[str]) -> list[str]:
    """The signs that became a box or were left out, by their numbers."""
    return sorted(f"U+{ord(sign):04X}" for sign in missing)


def set_paper(
    source: str, told: dict[str, Any], form: Literal["pdf", "png"] = "pdf", ppi: int = 144
) -> bytes:
    """What the typst file `source` of this room makes of these values; PDF is PDF/UA.

    What typst cannot set as PDF/UA is tried again without marks on letters, which are noted among
    what was `replaced`, and at last as a plain PDF: a paper with a bare letter is better than none.
    """
    try:
        return _set(source, told, form, ppi, UA)
    except typst.TypstError as problem:
        if "PDF/UA-1 error" not in str(problem):
            raise
    bare = _bare(told)
    try:
        return _set(source, bare, form, ppi, UA)
    except typst.TypstError:
        return _set(source, bare, form, ppi, ())


def _set(
    source: str,
    told: dict[str, Any],
    form: Literal["pdf", "png"],
    ppi: int,
    standards: Standards,
) -> bytes:
    language = (get_language() or "en").split("-")[0]
    made: bytes = typst.compile(
        str(ROOM / source),
        root=str(ROOM),
        font_paths=[str(ROOM / "fonts")],
        ignore_system_fonts=True,
        format=form,
        ppi=ppi,
        sys_inputs={"data": msgspec.json.encode({**told, "language": language}).decode()},
        pdf_standards=list(standards) if form == "pdf" else [],
    )
    return made


def _bare(told: dict[str, Any]) -> dict[str, Any]:
    """The same values without marks over, under or in letters; those stand in `replaced`."""
    marks: set[str] = set()
    values: Any = _without_marks(told, marks)
    return {**values, "replaced": sorted({*told.get("replaced", ()), *replaced(marks)})}


def _without_marks(value: object, marks: set[str]) -> object:
    if isinstance(value, str):
        apart = "".join(_apart(sign) for sign in value)
        marks.update(sign for sign in apart if unicodedata.category(sign)[0] == "M")
        return "".join(sign for sign in apart if sign not in marks)
    if isinstance(value, dict):
        return {name: _without_marks(inner, marks) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_marks(inner, marks) for inner in value]
    return value


def _apart(sign: str) -> str:
    """A letter and its marks; other signs stay whole, as some are made of what SVG is made of."""
    return unicodedata.normalize("NFD", sign) if sign.isalpha() else sign


def _sign(sign: str, missing: set[str]) -> str:
    if ord(sign) in _known() or sign == "\n":
        return sign
    missing.add(sign)
    return BOX


@cache
def _known() -> frozenset[int]:
    """The signs that the shipped fonts can print; the file lists ranges in hexadecimal."""
    lines = (ROOM / "fonts" / "characters.txt").read_text().split()
    spans = ((int(one, 16) for one in line.split("-")) for line in lines)
    return frozenset(code for first, last in spans for code in range(first, last + 1))
