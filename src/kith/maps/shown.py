"""A map as others see it through a window: the drawing, and names only where they were granted."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.maps import words
from kith.maps.drawing import still
from kith.maps.layers.words import title
from kith.maps.nouns import DRAWN, Description, Map, Order
from kith.maps.readings import Drawing, all_maps, put_together
from kith.maps.twin.listing import rows
from kith.maps.twin.sentences import in_one
from kith.people.showing import Showable
from kith.permissions.viewer import Viewer
from kith.permissions.windows import Window
from kith.records.readings import Entry
from kith.web.pages import Card


def a_map(window: Window) -> Card:
    """The picture of one map, and the same in words; names and words where they were granted."""
    maps = window.look(Map)
    if not maps:
        return Card("maps/shown.html", {})
    drawn = _drawn(window, maps[-1])
    here = Q(parent=maps[-1].thing)
    order = [thing for found in window.look(Order, here) for thing in found.noun.things]
    told = {
        "layer": title(drawn.map.noun) if drawn.map.noun.layer else "",
        "still": still(drawn),
        "rows": rows(drawn, order),
        "sentences": in_one(drawn, order),
        "own": [found.noun.words for found in window.look(Description, here) if found.noun.words],
    }
    return Card("maps/shown.html", told)


def my_drawings(viewer: Viewer, thing: UUID | None) -> dict[UUID, str]:
    """One of the viewer's maps, or all of them, by name or day."""
    return {one.thing: _name(one) for one in all_maps(viewer) if thing in (None, one.thing)}


def _drawn(window: Window, drawn: Entry[Map]) -> Drawing:
    where = Q(parent=drawn.thing)
    return put_together(drawn, lambda noun: window.look(noun, where))


def _name(entry: Entry[Map]) -> str:
    if entry.noun.name or entry.noun.layer:
        return title(entry.noun)
    return _("The map of %(day)s") % {"day": words.day(entry.seen_on)}


MAPS = Showable(
    code="map",
    kinds=("map", *DRAWN, "helps", "order", "description"),
    text=gettext_lazy("A map"),
    tell=a_map,
    things=my_drawings,
    every=False,
    has_names=True,
    leaves_out=gettext_lazy(
        "Not your other maps or layers, not what was said about it, no photos, and not what the "
        "map was like before."
    ),
)
