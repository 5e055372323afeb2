"""A circle with a gathering, for the tests of this room."""

from dataclasses import dataclass
from uuid import UUID

from kith.inquiry.actions import open_gathering, say
from kith.inquiry.nouns import Contribution, Gathering
from kith.permissions.viewer import Viewer
from world import joined, ward


@dataclass(frozen=True)
class Meeting:
    """A gathering: its circle, its keeper, someone on the team, someone who came."""

    circle: UUID
    thing: UUID
    keeper: Viewer
    team: Viewer
    guest: Viewer


def meeting(tables: tuple[str, ...] = ()) -> Meeting:
    keeper, circle = ward("Mornings", "inquiry")
    team, guest = (joined(keeper, circle, part) for part in ("team", "guest"))
    gathering = Gathering("Mornings on the ward", place="The day room", tables=tables)
    made = open_gathering(team, circle, gathering)
    return Meeting(circle, made.thing, keeper, team, guest)


def said(at: Meeting, words: str, who: Viewer | None = None, **more: object) -> UUID:
    """A line that may be quoted, unless told."""
    line = Contribution(words, **{"quote": True, **more})  # type: ignore[arg-type]
    return say(who or at.guest, at.thing, line).thing
