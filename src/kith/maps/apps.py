"""Django's name for this room, its way in the navigation, its card and its sentences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n


class MapsConfig(AppConfig):
    name = "kith.maps"
    label = "maps"

    def ready(self) -> None:
        from kith.maps import arrivals, nouns  # noqa: F401
        from kith.maps.pages import home_card
        from kith.maps.shown import MAPS
        from kith.people.kinds import call
        from kith.people.showing import on_show
        from kith.web.pages import on_home, on_nav
        from kith.web.sentences import say
        from kith.web.shells import on_shell

        arrivals.register()
        on_shell("^/map/([0-9a-f-]{36}/)?$", "maps:shell")
        on_nav(20, "map", "maps:mine", "map", _("Map"))
        on_home(10, home_card)
        on_show(MAPS)
        say(
            {
                "answer-without-words": _("A few words, or one of the other answers."),
                "no-such-item": _("That is not one of the questions."),
                "reveal-is-off": _("You switched this off between the two of you."),
                "gesture-unclear": _("We could not read what was drawn. Nothing has changed."),
                "tie-needs-two": _("A tie needs two different figures of this map."),
                "way-unclear": _("A figure can move up, down, left or right."),
            }
        )
        call(
            {
                "map": _n("%(n)d map", "%(n)d maps", "n"),
                "figure": _n("%(n)d figure on a map", "%(n)d figures on maps", "n"),
                "tie": _n("%(n)d tie", "%(n)d ties", "n"),
                "perspective": _n(
                    "%(n)d view of you and someone", "%(n)d views of you and someone", "n"
                ),
                "frozen": _n(
                    "%(n)d answer kept for showing", "%(n)d answers kept for showing", "n"
                ),
                "difference": _n(
                    "%(n)d note of what is different",
                    "%(n)d notes of what is different",
                    "n",
                ),
                "stroke": _n("%(n)d line drawn by hand", "%(n)d lines drawn by hand", "n"),
            }
        )
