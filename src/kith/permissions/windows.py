"""One grant looked through: exactly what it shows and nothing besides.

The giver looks through a grant that is not given yet (the preview), and whoever it is given to
looks through the same window later. Both read the same records by the same rule, so the one sees
exactly what the other will.
"""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from kith.base import clock
from kith.base.problems import Missing
from kith.permissions.actions import SHOWING
from kith.permissions.decide import LABELS, Given, covers
from kith.permissions.nouns import Access, rule_of
from kith.permissions.readings import leave_line
from kith.permissions.scope import rows_to, shown_by
from kith.permissions.viewer import Viewer
from kith.records.nouns import Noun
from kith.records.readings import Entry, current

N = TypeVar("N", bound=Noun)
FOR_SHOWING = Q(purpose__in=(*SHOWING, "research"))


@dataclass(frozen=True, slots=True)
class Window:
    """A viewer, and the one grant they look through."""

    viewer: Viewer
    given: Given

    @property
    def with_names(self) -> bool:
        """Whether names and labels are shown too."""
        return LABELS in self.given.classes

    def look(self, noun: type[N], where: Q = Q()) -> list[Entry[N]]:  # noqa: B008
        """Every thing of this kind that the grant shows and `where` picks, oldest first."""
        if not covers(self.given, rule_of(noun)):
            return []
        found = current(noun, shown_by(self.given) & where, labels=self.with_names)
        if found and self.given.to_circle and self.given.space != self.viewer.notebook:
            line = Access(self.given.to_circle, self.given.purpose, noun.__kind__)
            leave_line(self.viewer, self.given.space, line)
        return found


def preview(viewer: Viewer, draft: Given) -> Window:
    """Look through a grant that one thinks of giving. Raises Missing for another's things."""
    if (draft.giver, draft.space) != (viewer.person, viewer.notebook):
        raise Missing
    return Window(viewer, draft)


def shown_to_me(viewer: Viewer) -> list[Window]:
    """What those opposite show the viewer right now, by when it ends."""
    found = rows_to(viewer, clock.now(), FOR_SHOWING & Q(to_circle=None))
    return [Window(viewer, row.given()) for row in found if row.giver != viewer.person]


def shown_here(viewer: Viewer, circle: UUID) -> list[Window]:
    """What the team of a circle is shown right now. Raises Missing for anyone not on it."""
    if not viewer.has_part(circle, "team"):
        raise Missing
    found = rows_to(viewer, clock.now(), FOR_SHOWING & Q(to_circle=circle))
    return [Window(viewer, row.given()) for row in found]
