"""What rooms above show beside an arrangement, such as a change that is being tried."""

from collections.abc import Callable, Mapping
from uuid import UUID

from kith.permissions.viewer import Viewer
from kith.web.pages import Card

Beside = Callable[[Viewer, UUID], Mapping[UUID, Card]]
_rooms: list[Beside] = []


def on_arrangements(make: Beside) -> None:
    """Let a room put a card beside arrangements of a circle: `make` says which beside which."""
    _rooms.append(make)


def cards_beside(viewer: Viewer, circle: UUID) -> dict[UUID, list[Card]]:
    """The cards of all rooms for each arrangement of a circle."""
    beside: dict[UUID, list[Card]] = {}
    for make in _rooms:
        for thing, card in make(viewer, circle).items():
            beside.setdefault(thing, []).append(card)
    return beside
