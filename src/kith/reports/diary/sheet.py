"""One week on one sheet of paper: a row for each day, and what one may write into it."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from kith.moments.nouns import KINDS
from kith.reports.setting import set_paper


def as_paper() -> bytes:
    """The bare sheet as PDF/UA. No name is asked for, and no row has to be filled."""
    return set_paper("week.typ", {"words": _words(), "days": list(map(str, WEEKDAYS.values()))})


def _words() -> dict[str, object]:
    return {
        "title": _("A week of small things"),
        "lead": _(
            "Tea, a call, a joke, a walk. What you shared with someone, and what could not be. "
            "A few words are enough. Leave out what you like. A blank day is blank."
        ),
        "from": _("The first day"),
        "columns": [
            _("Day"),
            _("What happened, or could not"),
            _("With whom"),
            _("How it felt"),
            _("What got in the way"),
        ],
        "not": _("It could not happen"),
        "kinds": [str(name) for name in KINDS.values()],
        "foot": _(
            "Initials or a nickname are fine. This sheet is yours. You can type it in later, on "
            "the page “A week from paper”, or keep it as it is."
        ),
    }
