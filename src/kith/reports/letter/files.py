"""A letter as a file to hand over: paper, Word, or plain text. All three say the same."""

import io
import unicodedata
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.moments import days
from kith.records.readings import Entry
from kith.reports.nouns import Letter
from kith.reports.packing import zipped_anew
from kith.reports.setting import printable, replaced, set_paper

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


def as_file(entry: Entry[Letter], form: str) -> bytes:
    """The letter in one of the forms of `TYPES`."""
    return {"pdf": _pdf, "docx": _word, "txt": _text}[form](entry.noun)


def parts(said: Letter) -> list[tuple[str, list[str]]]:
    """Each part that says something: its heading, and its lines."""
    told = (
        (_("What matters"), said.matters),
        (_("What gets in the way"), said.in_the_way),
        (_("What would help"), said.would_help),
    )
    return [(heading, _lines(text)) for heading, text in told if text.strip()]


def heading(said: Letter) -> str:
    """Whom it is for; a letter to nobody has a plain title."""
    return _("To %(whom)s") % {"whom": said.to} if said.to else _("A letter")


def _pdf(said: Letter) -> bytes:
    missing: set[str] = set()
    told = {
        "title": printable(_plain(heading(said)), missing),
        "day": _day(),
        "parts": printable(parts(said), missing),
        "signed": printable(_plain(said.signed), missing),
        "boxes": _("Signs that could not be printed are left out, or stand as boxes:"),
    }
    return set_paper("letter.typ", {**told, "replaced": replaced(missing)})


def _word(said: Letter) -> bytes:
    from docx import Document

    made, into = Document(), io.BytesIO()
    made.core_properties.author = made.core_properties.last_modified_by = ""
    made.core_properties.title = _plain(heading(said))
    made.core_properties.language = get_language() or "en"
    made.core_properties.comments = ""
    made.core_properties.created = made.core_properties.modified = _noon(days.today())
    made.add_paragraph(_day())
    made.add_heading(_plain(heading(said)), level=1)
    for name, lines in parts(said):
        made.add_heading(name, level=2)
        for line in lines:
            made.add_paragraph(line)
    if said.signed:
        made.add_paragraph(_plain(said.signed))
    made.save(into)
    return zipped_anew(into.getvalue())


def _text(said: Letter) -> bytes:
    told = [_day(), "", heading(said), ""]
    for name, lines in parts(said):
        told += [name.upper(), "", *(part for line in lines for part in (line, ""))]
    return "\n".join(_plain(line) for line in (*told, said.signed)).strip().encode() + b"\n"


def _day() -> str:
    return date_format(days.today(), "j F Y")


def _noon(day: date) -> datetime:
    """A file says the day it was made, not the minute."""
    return datetime.combine(day, time(12))


def _lines(text: str) -> list[str]:
    return [_plain(line) for line in text.splitlines() if line.strip()]


def _plain(text: str) -> str:
    """Without signs that stand for no letter and that no file takes."""
    return "".join(
        sign
        for sign in text
        if sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn")
    )
