"""A map as others see it through a window: the drawing, and names only where they were granted."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.maps import words
from kith.maps.drawing import still
from kith.maps.nouns import DRAWN, Figure, Map
from kith.maps.readings import Drawing, my_maps, put_together
from kith.people.showing import Showable
from kith.permissions.viewer import Viewer
from kith.permissions.windows import Window
from kith.records.readings import Entry
from kith.web.pages import Card


def a_map(window: Window) -> Card:
    """The picture of one map, and the same in words."""
    maps = window.look(Map)
    if not maps:
        return Card("maps/shown.html", {})
    drawn = _drawn(window, maps[-1])
    rows = [_row(drawn, entry) for entry in drawn.figures]
    return Card("maps/shown.html", {"still": still(drawn), "rows": rows})


def my_drawings(viewer: Viewer, thing: UUID | None) -> dict[UUID, str]:
    """One of the viewer's maps, or all of them, by name or day."""
    return {one.thing: _name(one) for one in my_maps(viewer) if thing in (None, one.thing)}


def _drawn(window: Window, drawn: Entry[Map]) -> Drawing:
    where = Q(parent=drawn.thing)
    return put_together(drawn, lambda noun: window.look(noun, where))


def _row(drawn: Drawing, entry: Entry[Figure]) -> dict[str, object]:
    names = drawn.names()
    ties = [tie for tie in drawn.ties if entry.thing in (tie.noun.a, tie.noun.b)]
    ends = [(tie, tie.noun.b if tie.noun.a == entry.thing else tie.noun.a) for tie in ties]
    return {
        "name": _called(entry.noun),
        "place": words.place_of(entry.noun),
        "ties": [
            {
                "to": _("Tied to %(name)s") % {"name": _called(names[end])},
                "qualities": words.qualities_of(tie.noun),
                "words": tie.noun.words,
            }
            for tie, end in ends
        ],
    }


def _called(figure: Figure) -> str:
    """A name where there is one to see, else what it is."""
    return figure.label or str(words.KINDS[figure.kind] if figure.kind else _("someone"))


def _name(entry: Entry[Map]) -> str:
    return entry.noun.name or _("The map of %(day)s") % {"day": words.day(entry.seen_on)}


MAPS = Showable(
    code="map",
    kinds=("map", *DRAWN),
    text=gettext_lazy("A map"),
    tell=a_map,
    things=my_drawings,
    every=False,
    has_names=True,
    leaves_out=gettext_lazy("Not your other maps, and not what the map was like before."),
)
