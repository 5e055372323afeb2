"""Django's name for this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kith.web"
    label = "web"

    def ready(self) -> None:
        from kith.web.shells import on_shell

        on_shell("^/waiting/$", "web:shell-waiting")
