"""Django's name for this room, its nouns, its card on a circle's page and its sentences."""

from django.apps import AppConfig


class InquiryConfig(AppConfig):
    name = "kith.inquiry"
    label = "inquiry"

    def ready(self) -> None:
        import kith.inquiry.nouns  # noqa: F401  (registers what this room's records say)
        from kith.inquiry import arrivals
        from kith.inquiry.pages.gatherings import circle_card
        from kith.inquiry.sentences import GATHERINGS, NOTES
        from kith.web.pages import on_circle
        from kith.web.sentences import say

        arrivals.register()
        on_circle(60, circle_card)
        say(GATHERINGS | NOTES)
