"""Django's name for this room, its nouns, its cards and its sentences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n

from kith.web.sentences import Text


class CareConfig(AppConfig):
    name = "kith.care"
    label = "care"

    def ready(self) -> None:
        from kith.arrangements.beside import on_arrangements
        from kith.care import nouns  # noqa: F401
        from kith.care.pages import asking, tried, ward
        from kith.care.strand import strand
        from kith.moments.looking.strands import on_relationship
        from kith.people.kinds import call
        from kith.web.pages import on_circle, on_home
        from kith.web.sentences import say

        on_home(40, asking.home_card)
        on_circle(20, ward.circle_card)
        on_circle(30, tried.circle_card)
        on_arrangements(tried.beside)
        on_relationship(strand)
        say(_sentences())
        call(
            {
                "request": _n("%(n)d request", "%(n)d requests", "n"),
                "answer": _n("%(n)d answer to a request", "%(n)d answers to requests", "n"),
                "counted": _n("%(n)d count of people", "%(n)d counts of people", "n"),
                "change": _n("%(n)d change tried", "%(n)d changes tried", "n"),
                "side": _n("%(n)d side of a change", "%(n)d sides of changes", "n"),
            }
        )


def _sentences() -> dict[str, Text]:
    """What cannot be kept, in plain words."""
    return {
        "arrangement-elsewhere": _("That is not on the list of this circle."),
        "change-unclear": _("Something about this change is missing or does not fit."),
        "cost-unknown": _("That is not one of the costs there are."),
        "day-out-of-order": _("Choose a day that has come, and not before the last one."),
        "days-unknown": _("Choose one week, 30 days or 90 days."),
        "not-on-the-team": _("Only those who work here speak as staff."),
        "request-changed": _("The words changed since you looked at them."),
        "request-not-sent": _("It is not shown to anyone, so it has no end."),
        "request-sent": _("It is shown right now. Take it back first, then change it."),
        "request-unclear": _("Something about this request is missing or does not fit."),
        "review-before-start": _("You look back after it starts, so choose a later day."),
        "side-unclear": _("Say in a few words what happened, and who you speak as."),
        "side-unknown": _("Choose one of the ways to speak."),
        "state-unknown": _("That is not one of the ways it can stand."),
        "why-missing": _("Please say why it was dropped."),
    }
