"""What the twin of a map rests on: the drawer's order, their description, and what was when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from kith.maps.nouns import DRAWN, Description, Helps, Order
from kith.maps.readings import Drawing, a_map
from kith.maps.twin import sentences
from kith.maps.twin.listing import in_order, placed
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry


@dataclass(frozen=True, slots=True)
class Told:
    """A map in words: ours as they are today, and the drawer's own beside them.

    `changed` says that the drawing has changed since they wrote theirs.
    """

    paragraphs: tuple[str, ...]
    own: str = ""
    changed: bool = False

    @property
    def sentences(self) -> str:
        """Ours as one text."""
        return " ".join(self.paragraphs)


def the_only(viewer: Viewer, map_id: UUID, kind: type[Any]) -> Entry[Any] | None:
    """What a map has one of: its helps, its order, its description; None where there is none."""
    found = look(viewer, kind, Q(parent=map_id))
    return found[-1] if found else None


def order_of(viewer: Viewer, drawn: Drawing) -> tuple[UUID, ...]:
    """In which order the map is told: its drawer's, and what they did not name as it came."""
    found = the_only(viewer, drawn.map.thing, Order)
    every = [entry.thing for entry in (*placed(drawn), *drawn.ties)]
    named = found.noun.things if found else ()
    return tuple(in_order(every, named, _since(drawn.map.thing)))


def helps_of(viewer: Viewer, map_id: UUID) -> Helps:
    """What lies under a map. Raises Missing."""
    a_map(viewer, map_id)
    found = the_only(viewer, map_id, Helps)
    return found.noun if found else Helps()


def told(viewer: Viewer, drawn: Drawing, order: tuple[UUID, ...]) -> Told:
    """A map in words, and whether the drawing has changed since its drawer described it."""
    now = tuple(sentences.sentences(drawn, order))
    found: Entry[Description] | None = the_only(viewer, drawn.map.thing, Description)
    if found is None or not found.noun.words:
        return Told(now)
    return Told(now, found.noun.words, found.noun.of != sentences.mark_of(drawn))


def _since(map_id: UUID) -> dict[UUID, datetime]:
    """When each thing of a map first came to the paper."""
    first = Record.objects.filter(parent=map_id, id=F("thing"), kind__in=list(DRAWN))
    return dict(first.values_list("thing", "seen_on"))
