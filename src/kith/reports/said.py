"""The report's own sentences, the same on the page and in the PDF, and translatable."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.reports.document import Document

EDITIONS: dict[str, str | Promise] = {
    "release": _("Report"),
    "working": _("Working copy, not to be passed on"),
}
SAID: dict[str, str | Promise] = {
    "lead": _("What people said to each other, what was found, and what should be done."),
    "who": _("Who took part"),
    "rounded": _("People are counted in groups that overlap, and rounded to five."),
    "about": _("about"),
    "withheld": _("withheld"),
    "held": _(
        "We hold a number back, to keep people safe, where it would say too much about too few."
    ),
    "themes": _("What was said"),
    "quoted": _("Quoted with permission. Without names."),
    "findings": _("What we found"),
    "finding": _("Finding"),
    "dissent": _("Not everyone agrees"),
    "lost": _(
        "This finding has lost some of what it rested on. It waits for someone to look again."
    ),
    "advice_lost": _("It comes from a finding that waits for someone to look again."),
    "tried": _("What was tried"),
    "side": _("They stand side by side. Nobody adds them up."),
    "inside": _("What each side said of it stays in the circle."),
    "open": _("Left open on purpose"),
    "advice": _("What we recommend"),
    "for_whom": _("For"),
    "owner": _("Looked after by"),
    "cost": _("Costs"),
    "by": _("By"),
    "review": _("Look back on it"),
    "comes_from": _("It comes from finding"),
    "sources": _("What this rests on"),
    "kept_inside": _("Said in the circle, and kept there."),
    "made": _("How this was made"),
    "how": _(
        "Every sentence leads by its number to what was said. People may take back their words"
        " at any time: they then leave the live report at once. What is issued stays as it is"
        " and is not issued again."
    ),
    "invented": _("Invented people. Nothing here is real."),
    "head": _("Last line of the ledger"),
    "replaced": _("Signs that could not be printed are left out, or stand as boxes:"),
}


def sentences(document: Document) -> dict[str, str]:
    """Headings and plain sentences of the report, by their short names."""
    said = SAID | {"edition": EDITIONS[document.edition]}
    return {name: str(text) for name, text in said.items()}
