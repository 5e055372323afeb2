"""Keeping a letter in one's own notebook, saying it anew, taking it away and bringing it back."""

from uuid import UUID

from kith.base.problems import Flaw, Invalid
from kith.permissions.actions import act
from kith.permissions.readings import look_at, look_away
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.reports.nouns import Letter


def write(viewer: Viewer, said: Letter, *, id: UUID | None = None) -> Record:
    """Keep a letter, for its author alone. Raises Invalid when it says nothing."""
    _check(said)
    with act(viewer, "letter.write") as doing:
        return doing.keep(viewer.own, said, id=id)


def correct(viewer: Viewer, thing: UUID, said: Letter, *, id: UUID | None = None) -> Record:
    """Say a letter anew. Raises Invalid, or Missing."""
    _check(said)
    with act(viewer, "letter.correct") as doing:
        look_at(viewer, Letter, thing)
        return doing.correct(thing, said, id=id)


def remove(viewer: Viewer, thing: UUID) -> Record | None:
    """Take a letter away. A second time changes nothing (None)."""
    if _is_away(viewer, thing):
        return None
    with act(viewer, "letter.remove") as doing:
        look_at(viewer, Letter, thing)
        return doing.remove(thing)


def restore(viewer: Viewer, thing: UUID) -> Record:
    """Bring a letter back. Raises Missing for one that never was the viewer's."""
    with act(viewer, "letter.restore") as doing:
        if not _is_away(viewer, thing):
            look_at(viewer, Letter, thing)
        return doing.restore(thing)


def _is_away(viewer: Viewer, thing: UUID) -> bool:
    return any(one.thing == thing for one in look_away(viewer, Letter))


def _check(said: Letter) -> None:
    if said.is_bare:
        raise Invalid("letter-unclear", [Flaw("letter-bare", field="matters")])
