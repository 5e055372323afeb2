"""Django's name for this room, its way in the navigation, its card."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsConfig(AppConfig):
    name = "kith.maps"
    label = "maps"

    def ready(self) -> None:
        from kith.maps import arrivals, nouns  # noqa: F401
        from kith.maps.bonds import arrivals as of_bonds
        from kith.maps.layers import arrivals as of_layers
        from kith.maps.pages import home_card
        from kith.maps.shown import MAPS
        from kith.maps.talk import arrivals as talk
        from kith.maps.told import CALLED, PROBLEMS
        from kith.maps.trio_pages import home_card as third_card
        from kith.maps.twin.binding import bound_here
        from kith.people.kinds import call
        from kith.people.leaving import on_forget
        from kith.people.showing import on_show
        from kith.web.pages import on_home, on_nav
        from kith.web.sentences import say
        from kith.web.shells import on_shell

        arrivals.register()
        talk.register()
        of_layers.register()
        of_bonds.register()
        on_shell("^/map/once/$", "maps:once")
        on_shell("^/map/([0-9a-f-]{36}/)?$", "maps:shell")
        on_shell("^/map/[0-9a-f-]{36}/layers/new/$", "maps:layer-shell")
        on_shell("^/map/[0-9a-f-]{36}/about/[0-9a-f-]{36}/", "maps:about-shell")
        on_nav(20, "map", "maps:mine", "map", _("Map"))
        on_home(8, third_card)
        on_home(10, home_card)
        on_show(MAPS)
        on_forget(bound_here)
        say(PROBLEMS)
        call(CALLED)
