"""Django's name for this room, its nouns, its card on a circle's page and its sentences."""

from django.apps import AppConfig
from django.utils.translation import ngettext_lazy as _n


class InquiryConfig(AppConfig):
    name = "kith.inquiry"
    label = "inquiry"

    def ready(self) -> None:
        import kith.inquiry.nouns  # noqa: F401  (registers what this room's records say)
        from kith.inquiry import arrivals
        from kith.inquiry.pages.gatherings import circle_card
        from kith.inquiry.sentences import GATHERINGS, NOTES
        from kith.people.kinds import call
        from kith.web.pages import on_circle
        from kith.web.sentences import say
        from kith.web.shells import on_shell

        arrivals.register()
        one = "^/meet/[0-9a-f-]{36}/[0-9a-f-]{36}/"
        on_shell(f"{one}write/$", "inquiry:write-shell")
        on_shell(f"{one}(say/)?$", "inquiry:say-shell")
        on_circle(60, circle_card)
        say(GATHERINGS | NOTES)
        call(
            {
                "gathering": _n("%(n)d gathering", "%(n)d gatherings", "n"),
                "contribution": _n(
                    "%(n)d line said or written down at a gathering",
                    "%(n)d lines said or written down at gatherings",
                    "n",
                ),
                "voice": _n("%(n)d note of taking part", "%(n)d notes of taking part", "n"),
                "theme": _n("%(n)d theme", "%(n)d themes", "n"),
                "paradox": _n("%(n)d paradox", "%(n)d paradoxes", "n"),
                "finding": _n("%(n)d finding", "%(n)d findings", "n"),
                "recommendation": _n("%(n)d recommendation", "%(n)d recommendations", "n"),
            }
        )
