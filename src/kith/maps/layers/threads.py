"""One figure through all layers: where it was drawn, its ties, and what was said about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min, Q

from kith.base.problems import Missing
from kith.maps.bonds.readings import View, views_of
from kith.maps.nouns import Figure, Map, Tie
from kith.maps.readings import all_maps, gestures
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry


@dataclass(frozen=True, slots=True)
class Through:
    """A figure wherever it stands, and what is bound to it. `layers` are the maps it is on."""

    here: Entry[Figure]
    same: tuple[Entry[Figure], ...]
    ties: tuple[Entry[Tie], ...]
    views: tuple[View, ...]
    layers: Mapping[UUID | None, Map]
    names: Mapping[UUID, Figure]
    drawn: Mapping[UUID, datetime]

    @property
    def on_paper(self) -> list[Entry[Figure]]:
        """The figure on each layer where it can be seen now."""
        return [one for one in self.same if one.parent in self.layers and not one.noun.away]


def through_layers(viewer: Viewer, thing: UUID) -> Through:
    """One of the viewer's own figures on all layers. Raises Missing."""
    every = look(viewer, Figure, Q(space=viewer.notebook))
    here = next((one for one in every if one.thing == thing), None)
    if here is None:
        raise Missing
    same = tuple(one for one in every if _first(one) == _first(here))
    ids = {one.thing for one in same}
    ties = tuple(_ties(viewer, ids))
    return Through(
        here,
        same,
        ties,
        tuple(views_of(viewer, [*ids, *(tie.thing for tie in ties)])),
        {one.thing: one.noun for one in all_maps(viewer)},
        {one.thing: one.noun for one in every},
        _first_drawn(viewer, ids),
    )


def _first(entry: Entry[Figure]) -> UUID:
    return entry.noun.same_as or entry.thing


def _ties(viewer: Viewer, ids: set[UUID]) -> list[Entry[Tie]]:
    every = look(viewer, Tie, Q(space=viewer.notebook))
    return [
        one for one in every if not one.noun.away and not ids.isdisjoint((one.noun.a, one.noun.b))
    ]


def _first_drawn(viewer: Viewer, ids: set[UUID]) -> dict[UUID, datetime]:
    found = gestures(viewer).filter(thing__in=ids).values_list("thing")
    return dict(found.annotate(Min("seen_on")).order_by("thing"))
