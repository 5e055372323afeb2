"""What changed about how a notebook can be opened: for its owner to read, by the day."""

from uuid import UUID

from kith.base import clock
from kith.people.models import Person, Trace
from kith.permissions.viewer import Viewer


def leave_trace(person: Person, what: str, circle: UUID | None = None) -> None:
    """Note for the person themselves what happened to their ways in."""
    Trace.objects.create(person=person, what=what, day=clock.today(), circle_id=circle)


def traces(viewer: Viewer) -> list[Trace]:
    """One's own, newest first."""
    mine = Trace.objects.filter(person_id=viewer.me).select_related("circle")
    return list(mine.order_by("-day", "-id")[:50])
