"""Pages of talk over a map, of what lies under it, and of how one sits at it."""

from django.http import HttpResponse

from kith.maps import words
from kith.maps.pages import CHOICES
from kith.maps.pictures import pictures
from kith.web import shells
from kith.web.pages import Request, anyone, page


@page(anyone, nav="map")
def once(request: Request) -> HttpResponse:
    """Bare paper of which nothing is kept, unless the drawer says so before they close it."""
    told = {"state": {}, "words": words.for_script(), "pictures": pictures(), **CHOICES}
    return shells.shell(request, "maps/draw.html", told | {"once": True})
