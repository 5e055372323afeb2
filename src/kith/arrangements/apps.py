"""Django's name for this room, its nouns, its card and its sentences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n


class ArrangementsConfig(AppConfig):
    name = "kith.arrangements"
    label = "arrangements"

    def ready(self) -> None:
        from kith.arrangements import nouns  # noqa: F401
        from kith.arrangements.pages import circle_card
        from kith.people.kinds import call
        from kith.web.pages import on_circle
        from kith.web.sentences import say

        on_circle(40, circle_card)
        say(
            {
                "arrangement-unclear": _("Say in one line what it is."),
                "others-missing": _("Choose at least one other."),
                "parts-missing": _("Two lines at least, one for each part."),
                "noticed-unclear": _("One line is enough, but it needs a line."),
                "sort-unknown": _("That is not one of the sorts there are."),
                "words-missing": _("A few words are missing here."),
            }
        )
        call(
            {
                "arrangement": _n("%(n)d arrangement", "%(n)d arrangements", "n"),
                "noticed": _n(
                    "%(n)d line of what you noticed", "%(n)d lines of what you noticed", "n"
                ),
            }
        )
