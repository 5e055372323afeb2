"""What other rooms have about one relationship in time.

They hand in a strand each at start-up, which reads only what the viewer may see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from kith.moments import days
from kith.moments.nouns import Moment, Practice
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry


@dataclass(frozen=True, slots=True)
class About:
    """One relationship: the figure as it stands on each layer, and what is done with it."""

    figures: frozenset[UUID]
    practices: tuple[Entry[Practice], ...]

    def has(self, entry: Entry[Moment]) -> bool:
        """Whether a moment was with them, or part of something that is done with them."""
        return not self.figures.isdisjoint(entry.noun.with_whom) or any(
            entry.thing in one.noun.moments or one.thing in entry.noun.part_of
            for one in self.practices
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that was noted, drawn, said, asked or tried: when, what it is, what it says."""

    at: datetime
    sign: str
    what: str | Promise
    url: str
    lines: Sequence[str] = ()

    @property
    def day(self) -> date:
        """The day it was on, here."""
        return days.day_of(self.at)


Strand = Callable[[Viewer, About], Iterable[Piece]]
_strands: list[Strand] = []


def on_relationship(strand: Strand) -> None:
    """Let a room show what it has about a relationship."""
    _strands.append(strand)


def from_rooms(viewer: Viewer, about: About) -> list[Piece]:
    """What all of them have."""
    return [piece for strand in _strands for piece in strand(viewer, about)]
