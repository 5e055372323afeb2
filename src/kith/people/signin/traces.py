"""What changed about how a notebook can be opened: for its owner to read, by the day."""

from datetime import timedelta
from uuid import UUID

from kith.base import clock
from kith.people.models import Person, Trace
from kith.permissions.viewer import Viewer
from kith.web.pages import Card

FORTNIGHT = timedelta(days=14)


def leave_trace(person: Person, what: str, circle: UUID | None = None) -> None:
    """Note for the person themselves what happened to their ways in."""
    Trace.objects.create(person=person, what=what, day=clock.today(), circle_id=circle)


def traces(viewer: Viewer) -> list[Trace]:
    """One's own, newest first."""
    mine = Trace.objects.filter(person_id=viewer.me).select_related("circle")
    return list(mine.order_by("-day", "-id")[:50])


def card_made(viewer: Viewer) -> Card | None:
    """On the home page: that keepers made a card to one's notebook, so that nobody can unseen."""
    since = clock.today() - FORTNIGHT
    made = Trace.objects.filter(person_id=viewer.me, what="card", day__gte=since)
    newest = made.select_related("circle").order_by("-day", "-id").first()
    return Card("people/card_made.html", {"trace": newest}) if newest else None
