"""Django's name for this room, its card on circles' pages, and its sentences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n


class ReportsConfig(AppConfig):
    name = "kith.reports"
    label = "reports"

    def ready(self) -> None:
        from kith.people.kinds import call
        from kith.people.showing import on_show
        from kith.reports import nouns, pages  # noqa: F401
        from kith.reports.letter import pages as letters
        from kith.reports.study import pages as study
        from kith.reports.study.shown import TABLES
        from kith.web.pages import on_circle, on_home
        from kith.web.sentences import say

        on_circle(50, pages.card)
        on_circle(55, study.circle_card)
        on_show(TABLES)
        on_home(45, letters.home_card, mine=False)
        say(
            {
                "report-not-ready": _("The report cannot be issued yet."),
                "letter-unclear": _("This letter cannot be kept as it is."),
                "letter-bare": _("A few words in any of the three parts are enough."),
                "nothing-found": _("Nothing was found yet: write a finding first."),
                "finding-lost-support": _(
                    "A finding has lost some of what it rested on. Someone has to look again."
                ),
                "recommendation-lost-support": _(
                    "A recommendation comes from a finding that waits for someone to look again."
                ),
                "report-ambiguous": _("Several gatherings have that name. Say which circle."),
                "report-unknown": _("There is no gathering of that name."),
                "folder-not-writable": _("We cannot write into that folder. Choose another."),
                "circle-ambiguous": _("Several circles have that name."),
            }
        )
        call(
            {
                "report": _n("%(n)d issued report", "%(n)d issued reports", "n"),
                "letter": _n("%(n)d letter", "%(n)d letters", "n"),
            }
        )
