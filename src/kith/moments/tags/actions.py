"""Offering a word for moments in a circle, taking it off its list and putting it back."""

from uuid import UUID

from kith.base.problems import Flaw, Invalid, Missing
from kith.moments.nouns import Tag
from kith.moments.tags.readings import tag_in, taken_away
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.models import Record


def offer(viewer: Viewer, circle: UUID, said: Tag, *, id: UUID | None = None) -> Record:
    """Put a word on the list of a circle. Raises Invalid, Missing or Refused."""
    if not said.word.strip():
        raise Invalid("not-as-it-is", [Flaw("nothing-said", field="word")])
    with act(viewer, "tag.offer") as doing:
        return doing.keep(circle, said, id=id)


def take_away(viewer: Viewer, circle: UUID, thing: UUID) -> Record | None:
    """Take a word off the list; moments keep it. A second time changes nothing (None)."""
    if _is_away(viewer, circle, thing):
        return None
    tag_in(viewer, circle, thing)
    with act(viewer, "tag.remove") as doing:
        return doing.remove(thing)


def put_back(viewer: Viewer, circle: UUID, thing: UUID) -> Record:
    """Put a word back on the list. Raises Missing when it was never there."""
    if not _is_away(viewer, circle, thing):
        raise Missing
    with act(viewer, "tag.restore") as doing:
        return doing.restore(thing)


def _is_away(viewer: Viewer, circle: UUID, thing: UUID) -> bool:
    return any(entry.thing == thing for entry in taken_away(viewer, circle))
