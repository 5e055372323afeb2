"""Naming an arrangement, changing it, taking it away and bringing it back; noticing something."""

from datetime import datetime
from uuid import UUID

from kith.arrangements.nouns import SORTS, Arrangement, Noticed
from kith.arrangements.readings import arrangement, mine_noticed
from kith.base.problems import Flaw, Invalid, Missing
from kith.permissions.actions import act
from kith.permissions.readings import look_away
from kith.permissions.viewer import Viewer
from kith.records.models import Record


def add(
    viewer: Viewer,
    circle: UUID,
    said: Arrangement,
    *,
    id: UUID | None = None,
    seen_on: datetime | None = None,
) -> Record:
    """Put an arrangement on the list of a circle. Raises Invalid, Missing or Refused."""
    _check(said)
    with act(viewer, "arrangement.add") as doing:
        return doing.keep(circle, said, id=id, seen_on=seen_on)


def change(
    viewer: Viewer,
    thing: UUID,
    said: Arrangement,
    *,
    id: UUID | None = None,
    seen_on: datetime | None = None,
) -> Record:
    """Say what an arrangement is from now on; what it was stays readable."""
    _check(said)
    arrangement(viewer, thing)
    with act(viewer, "arrangement.change") as doing:
        return doing.change(thing, said, id=id, seen_on=seen_on)


def take_away(viewer: Viewer, thing: UUID) -> Record | None:
    """Take an arrangement off the list. A second time changes nothing (None)."""
    if _is_away(viewer, thing):
        return None
    arrangement(viewer, thing)
    with act(viewer, "arrangement.remove") as doing:
        return doing.remove(thing)


def bring_back(viewer: Viewer, thing: UUID) -> Record:
    """Put an arrangement back as it last stood."""
    if not _is_away(viewer, thing):
        arrangement(viewer, thing)
    with act(viewer, "arrangement.restore") as doing:
        return doing.restore(thing)


def notice(viewer: Viewer, circle: UUID, said: Noticed, *, id: UUID | None = None) -> Record:
    """Keep one line of what someone on the team noticed, about an arrangement or on its own."""
    if not said.words.strip():
        raise Invalid("noticed-unclear", [Flaw("words-missing", field="words")])
    about = said.arrangement
    if about and arrangement(viewer, about).space != circle:
        raise Missing
    with act(viewer, "noticed.keep") as doing:
        return doing.keep(circle, said, id=id)


def unnotice(viewer: Viewer, thing: UUID) -> Record | None:
    """Take back what one noticed oneself. A second time changes nothing (None)."""
    if any(entry.thing == thing for entry in look_away(viewer, Noticed)):
        return None
    mine_noticed(viewer, thing)
    with act(viewer, "noticed.remove") as doing:
        return doing.remove(thing)


def _is_away(viewer: Viewer, thing: UUID) -> bool:
    return any(entry.thing == thing for entry in look_away(viewer, Arrangement))


def _check(said: Arrangement) -> None:
    flaws = []
    if not said.name.strip():
        flaws.append(Flaw("words-missing", field="name"))
    if said.sort not in SORTS:
        flaws.append(Flaw("sort-unknown", field="sort"))
    if flaws:
        raise Invalid("arrangement-unclear", flaws)
