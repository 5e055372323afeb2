"""Django's name for this room, its place in the navigation, its cards and sentences."""

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n


class MomentsConfig(AppConfig):
    name = "kith.moments"
    label = "moments"

    def ready(self) -> None:
        from kith.moments import arrivals, home, nouns, shown  # noqa: F401
        from kith.moments.plans import binding
        from kith.moments.reminders import home as reminders
        from kith.moments.tags.pages import circle_card
        from kith.people.kinds import call
        from kith.people.leaving import on_forget
        from kith.people.showing import on_show
        from kith.web.pages import on_circle, on_home, on_nav
        from kith.web.sentences import say
        from kith.web.shells import on_shell

        arrivals.register()
        on_forget(binding.bound_here)
        on_shell("^/notes/(write/)?$", "moments:shell")
        on_shell("^/notes/week/$", "moments:week-shell")
        on_nav(30, "moments", "moments:list", "cup", _("Moments"))
        on_home(5, reminders.card)
        on_home(20, home.moments_card)
        on_home(30, home.practices_card)
        on_circle(45, circle_card)
        on_show(shown.CARDS)  # before what is on them: the first kind of a grant gives its name
        on_show(shown.MOMENTS)
        on_show(shown.PRACTICES)
        say(sentences())
        call(kinds())


def sentences() -> dict[str, str | Promise]:
    """What the problems of this room say to people."""
    return {
        "not-as-it-is": _("We could not keep this as it is. Nothing has changed."),
        "nothing-said": _("A word or two is enough."),
        "nothing-chosen": _("Choose something for the card, or write a few words."),
        "not-a-choice": _("Choose one of the answers shown."),
        "not-a-time": _("Write a time such as 18:30."),
        "prompt-over": _("This prompt is over. Nothing has changed."),
        "day-to-come": _("That day has not come yet. Choose today, or a day before."),
        "day-not-said": _("Say which day, or leave it open."),
        "day-before-last": _(
            "You already said how it was after that day. Choose a later day, or change "
            "what you said last."
        ),
    }


def kinds() -> dict[str, str | Promise]:
    """How many there are of each kind of thing, in words."""
    return {
        "moment": _n("%(n)d moment", "%(n)d moments", "n"),
        "practice": _n("%(n)d practice", "%(n)d practices", "n"),
        "tag": _n("%(n)d word for moments", "%(n)d words for moments", "n"),
        "pin": _n("%(n)d place of a moment on a plan", "%(n)d places of moments on a plan", "n"),
        "let-be": _n("%(n)d suggestion let be", "%(n)d suggestions let be", "n"),
        "ours": _n(
            "%(n)d word on what is yours together",
            "%(n)d words on what is yours together",
            "n",
        ),
        "reminder": _n("%(n)d reminder", "%(n)d reminders", "n"),
        "prompted": _n("%(n)d answer to a reminder", "%(n)d answers to reminders", "n"),
        "card": _n("%(n)d card to print", "%(n)d cards to print", "n"),
    }
