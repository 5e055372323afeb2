"""Naming an arrangement, changing it, taking it away and bringing it back; noticing something.

Arrangements can be put side by side, told as one, or split into parts; nothing of it is final.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from kith.arrangements.nouns import SORTS, Arrangement, Noticed
from kith.arrangements.readings import arrangement, going_with, mine_noticed, named
from kith.base import ids
from kith.base.problems import Flaw, Invalid, Missing
from kith.permissions.actions import act
from kith.permissions.readings import look_away
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry


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


def put_beside(viewer: Viewer, thing: UUID, others: Collection[UUID]) -> None:
    """Say which others belong with an arrangement, and that no other does."""
    this = arrangement(viewer, thing)
    before = {one.thing: one for one in going_with(viewer, thing)}
    _all_here(viewer, this.space, others)
    with act(viewer, "arrangement.put-beside") as doing:
        for other, entry in before.items():
            if other not in others and thing in entry.noun.goes_with:
                left = tuple(one for one in entry.noun.goes_with if one != thing)
                doing.change(other, entry.noun.but(goes_with=left))
        if set(others) != before.keys():
            doing.change(thing, this.noun.but(goes_with=tuple(others)))


def join(viewer: Viewer, thing: UUID, others: Collection[UUID]) -> None:
    """Tell others as this one from now on: they leave the list, and what was said stays theirs.

    Raises Missing for one that is not on the list of the same circle, Invalid for none.
    """
    this = arrangement(viewer, thing)
    if this.noun.into or not others or thing in others:
        raise Invalid("arrangement-unclear", [Flaw("others-missing", field="others")])
    there = _all_here(viewer, this.space, others)
    with act(viewer, "arrangement.join") as doing:
        for other in others:
            doing.change(other, there[other].noun.but(into=(thing,)))


def split(viewer: Viewer, thing: UUID, parts: Sequence[str], *, id: UUID | None = None) -> None:
    """Tell an arrangement as two or more from now on, each with a name. Under one `id`, once."""
    this = arrangement(viewer, thing)
    names = [part.strip() for part in parts if part.strip()]
    if len(names) < 2:
        raise Invalid("arrangement-unclear", [Flaw("parts-missing", field="parts")])
    made = [ids.beside(id or ids.new(), f"part {at}") for at in range(len(names))]
    if set(made) <= set(this.noun.into):
        return
    with act(viewer, "arrangement.split") as doing:
        for part, name in zip(made, names, strict=True):
            doing.keep(this.space, this.noun.but(name=name, goes_with=(), into=()), id=part)
        doing.change(thing, this.noun.but(into=tuple(made)))


def stand_alone(viewer: Viewer, thing: UUID) -> None:
    """Put back on the list, by itself, what was told as another or as parts. Twice is once."""
    this = arrangement(viewer, thing)
    if this.noun.into:
        with act(viewer, "arrangement.stand-alone") as doing:
            doing.change(thing, this.noun.but(into=()))


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


def _all_here(
    viewer: Viewer, circle: UUID, others: Collection[UUID]
) -> dict[UUID, Entry[Arrangement]]:
    """Those on the list of a circle. Raises Missing if one of `others` is not among them."""
    there = {one.thing: one for one in named(viewer, circle)}
    if not set(others) <= there.keys():
        raise Missing
    return there


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
