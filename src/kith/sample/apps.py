"""Django's name for this room, and its guide on every page."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "kith.sample"
    label = "sample"

    def ready(self) -> None:
        from kith.sample.walk import guide
        from kith.web.pages import on_guide

        on_guide(guide)
