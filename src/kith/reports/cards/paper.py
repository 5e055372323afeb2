"""A card on one sheet, as PDF: the very words of its page."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.moments import days
from kith.moments.nouns import Moment
from kith.moments.readings import Laid
from kith.records.readings import Entry
from kith.reports.setting import printable, replaced, set_paper


def as_pdf(laid: Laid, paper: str) -> bytes:
    """The card on a sheet of this size; smaller letters where its page takes smaller ones."""
    missing: set[str] = set()
    told = {"card": printable(_told(laid), missing), "words": _words(laid), "paper": paper}
    return set_paper("card.typ", {**told, "close": laid.is_close, "replaced": replaced(missing)})


def _told(laid: Laid) -> dict[str, Any]:
    noun = laid.entry.noun
    return {
        "words": noun.words,
        "practices": [(one.entry.noun.name, " ".join(one.sentences)) for one in laid.practices],
        "moments": [(one.noun.words, _day(one)) for one in laid.moments],
        "called": _("From %(called)s") % {"called": noun.called} if noun.called else "",
        "occasion": str(laid.occasion),
    }


def _day(entry: Entry[Moment]) -> str:
    day = date_format(days.day_of(entry.seen_on), "j F Y")
    return day if entry.noun.happened else f"{day} · {_('it could not happen')}"


def _words(laid: Laid) -> dict[str, str]:
    return {
        "title": _("What keeps us us"),
        "day": date_format(laid.day, "j F Y"),
        "replaced": _("Signs that could not be printed are left out, or stand as boxes:"),
    }
