"""Django's name for this room, and its ways in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "kith.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.web.pages import on_nav

        on_nav(10, "home", "people:home", "home", _("Home"))
        on_nav(40, "together", "people:together", "together", _("Together"))
        on_nav(50, "sharing", "people:looking", "eye", _("Sharing"))
