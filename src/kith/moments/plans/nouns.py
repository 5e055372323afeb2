"""A moment put on a floor plan."""

from uuid import UUID

from kith.maps.nouns import Share
from kith.records.nouns import Noun, noun


@noun("pin", seals="map")
class Pin(Noun, frozen=True):
    """Where on a plan a moment, its parent, was. Taken off the plan, it can be put there again.

    Places run as on a map: across and down, from 0 to 1.
    """

    plan: UUID
    x: Share
    y: Share
    away: bool = False
