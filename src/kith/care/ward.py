"""What the team of a circle sees of requests: what is shown to this very circle, while it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.base import clock
from kith.base.problems import Missing
from kith.care.nouns import Answer, Request
from kith.permissions.readings import look
from kith.permissions.scope import grants_to
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

PURPOSE = "request"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request as a team has it: whose words, until when, and what the team made of it."""

    request: Entry[Request]
    ends: datetime
    answers: tuple[Entry[Answer], ...]

    @property
    def arrangements(self) -> frozenset[UUID]:
        """What it is about: what its author named, and what the team linked."""
        named = {self.request.noun.arrangement} - {None}
        linked = (thing for one in self.answers for thing in one.noun.arrangements)
        return frozenset([*(thing for thing in named if thing), *linked])

    @property
    def changes(self) -> frozenset[UUID]:
        """The changes that take it up."""
        return frozenset(thing for one in self.answers for thing in one.noun.changes)


def arrived(viewer: Viewer, circle: UUID, thing: UUID | None = None) -> list[Arrived]:
    """The requests this circle is shown right now, each as it is; none for anyone not on its team.

    With `thing`, that one alone. What was taken back or has ended is simply not there. Leaves
    the access line in the notebook of each who asked.
    """
    ends = _ends(viewer, circle)
    wanted = Q(thing__in=[one for one in ends if thing in (None, one)])
    found = look(viewer, Request, wanted, purpose=PURPOSE)
    said = look(viewer, Answer, Q(space=circle))
    return [
        Arrived(one, ends[one.thing], tuple(a for a in said if a.parent == one.thing))
        for one in found
    ]


def arrived_one(viewer: Viewer, circle: UUID, thing: UUID) -> Arrived:
    """One request this circle is shown. Raises Missing as soon as it is not."""
    found = arrived(viewer, circle, thing)
    if not found:
        raise Missing
    return found[-1]


def about(found: Iterable[Arrived], these: frozenset[UUID]) -> list[Arrived]:
    """Those that are about one of these arrangements, which are told as one."""
    return [one for one in found if these & one.arrangements]


def taken_up(found: Iterable[Arrived], change: UUID) -> list[Arrived]:
    """Those that this change takes up."""
    return [one for one in found if change in one.changes]


def _ends(viewer: Viewer, circle: UUID) -> dict[UUID, datetime]:
    """Until when each request is shown to this very circle, of those shown now to the viewer."""
    last: dict[UUID, datetime] = {}
    for given in grants_to(viewer, clock.now(), PURPOSE):
        if given.to_circle == circle and given.thing:
            last[given.thing] = max(given.ends, last.get(given.thing, given.ends))
    return last
