"""Django's name for this room, and its ways in the navigation."""

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n

SAYS: dict[str, str | Promise] = {
    "home-is-real": _("Real people keep things in this folder; the demo stays out."),
    "port-taken": _("Something else uses that port. Choose another with --port."),
    "wrapping-key-readable-by-others": _(
        "Others can read the wrapping key. Give its file the mode 0600."
    ),
    "wrapping-key-missing": _("The wrapping key is not there. Put it back in place."),
    "wrapping-key-does-not-fit": _("This wrapping key belongs to another keyring."),
    "wrapping-key-damaged": _("The wrapping key is damaged."),
    "wrapping-key-not-ours": _("Kith cannot replace this key. Name a file with --to."),
    "rotation-unfinished": _("First put the last new key in place, then start again."),
    "keyring-lost": _(
        "The keyring is not there, and without it nobody can read what was written. Put its last "
        "copy back in its place."
    ),
    "open-to-others": _("Others on this computer can get at it: make it yours alone."),
    "word-unknown": _("Word {n} is not one of the words there are. Look at it again."),
    "words-not-24": _("There are 24 words on a sheet. Here are {n}."),
    "words-not-together": _(
        "Each is one of the words there are, but they do not belong together. One may stand for "
        "another, or two in each other's place."
    ),
    "words-unclear": _("Look at the words again."),
    "only-me-shut": _("This is only yours, and it is shut. Open it first."),
    "only-me-let-go": _("This was only yours, and you let go of it."),
    "only-me-class": _("You keep this only for yourself, so it cannot be shown."),
    "class-for-others": _("What you say to others cannot be only yours."),
    "last-way-in": _("This is the last way to open what is only yours, so it stays."),
    "backup-unreadable": _("This is no backup of Kith, or it was cut short."),
    "backup-damaged": _("The backup is damaged. Nothing has changed."),
    "backup-does-not-prove": _("The backup does not prove whole. Nothing has changed."),
    "backup-keys-other": _(
        "The keyring here is not the one that this backup was made with. Put its own copy back "
        "with it (--keys). Nothing has changed."
    ),
    "not-taken-away": _("Take it away first. Then you can forget it for good."),
    "code-unknown": _("We do not know this code, or its time is over."),
    "code-is-your-own": _("This is your own code. Hand it to them."),
    "grant-too-long": _("Choose an end within 90 days."),
    "nobody-named": _("Give them a name. Initials are enough."),
    "not-alone": _("Come back to this when you are on your own."),
    "nothing-to-reveal": _("Choose at least one of your answers."),
    "nothing-to-show": _("This is not something that can be shown."),
    "words-unknown": _("We do not know these words, or their time is over."),
    "passkey-refused": _("The passkey did not open. Try once more."),
    "third-is-neither": _("You are one of the two. Someone else has to be the third."),
    "staff-cannot-start": _("In your work, leave it to them to begin this."),
}
"""Sentences of the problems that this room, and those below it, can raise."""


class PeopleConfig(AppConfig):
    name = "kith.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from kith.people import arriving, kinds, leaving_pages
        from kith.people.only_me.opening import ask_to_open
        from kith.people.only_me.pages import home_card as only_me_card
        from kith.people.readings import work_of
        from kith.people.sharing.pages import circle_card
        from kith.people.signin import resting, sessions, sure, traces
        from kith.permissions.pairs import on_work
        from kith.web.pages import on_circle, on_door, on_home, on_nav, on_shut
        from kith.web.sentences import say

        on_work(work_of)
        user_logged_in.connect(sessions.begin)
        user_logged_in.connect(arriving.erase_if_due)
        on_door(resting.let_in, sure.ask_again)

        say(SAYS)

        on_shut(ask_to_open)
        on_home(0, leaving_pages.waiting_card, mine=False)
        on_home(1, traces.card_made, mine=False)
        on_home(5, only_me_card, mine=False)
        kinds.call(
            {
                "turn-to": _n(
                    "%(n)d line on whom to turn to", "%(n)d lines on whom to turn to", "n"
                ),
                "known": _n(
                    "%(n)d person you met by a code", "%(n)d people you met by a code", "n"
                ),
                "access": _n("%(n)d note of a look", "%(n)d notes of a look", "n"),
            }
        )
        on_nav(10, "home", "people:home", "home", _("Home"))
        on_nav(40, "together", "people:together", "together", _("Together"))
        on_nav(50, "sharing", "people:looking", "eye", _("Sharing"))
        on_circle(60, circle_card)
