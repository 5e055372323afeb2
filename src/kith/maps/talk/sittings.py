"""Two people side by side at one device: it begins, and ends by saying what of it stays.

Everything is kept as it is drawn and said, so that nothing is lost on the way. What is not to stay
is erased, with no way back: what came in since the sitting began, and nothing from before.
"""

from collections import Counter
from typing import Literal, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kith.base import ids
from kith.base.problems import Missing
from kith.maps import actions, readings
from kith.maps.nouns import DRAWN, Map, Sitting
from kith.people.kinds import counted
from kith.permissions.actions import act
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.journal import Erasure
from kith.records.models import Record
from kith.records.readings import Entry

Goes = Literal["words", "all"]
"""What does not stay: words and sounds, so that the drawing alone does; or all of it."""
DRAWING = frozenset({*DRAWN, "map", "photo", "picture", "helps", "order", "sitting"})
"""Kinds that are the drawing itself; all others are words about it."""


class _Row(NamedTuple):
    """The plain columns of a record that say whether it goes."""

    id: UUID
    kind: str
    thing: UUID
    removed: bool


@transaction.atomic
def begin(viewer: Viewer, map_id: UUID | None = None) -> UUID:
    """Sit down at a map of one's own, or at a new one; where one sits already, nothing changes.

    Returns the map's id.
    """
    if map_id and sitting_at(viewer, map_id):
        return map_id
    board = map_id or ids.new()
    with act(viewer, "sitting.begin") as doing:
        doing.keep(viewer.own, Sitting(), parent=board)
    return map_id or actions.begin(viewer, id=board)


def sitting_at(viewer: Viewer, map_id: UUID) -> Entry[Sitting] | None:
    """The sitting at this map that is not over. Raises Missing for no such map."""
    readings.a_map(viewer, map_id)
    found = look(viewer, Sitting, Q(space=viewer.notebook, parent=map_id))
    return next((entry for entry in found if not entry.noun.stays), None)


def since_then(viewer: Viewer, map_id: UUID, goes: Goes = "all") -> list[str]:
    """What came in since the sitting began and would go, counted in words. Raises Missing."""
    rows = _rows(viewer, map_id, _open(viewer, map_id), goes)
    told = {(row.kind, row.thing) for row in rows if not row.removed and row.kind != "sitting"}
    return counted(Counter(kind for kind, _thing in told))


def end(viewer: Viewer, map_id: UUID, goes: Goes | None = None) -> bool:
    """It is over: all of it stays, or some of it is erased for good. Whether the map is there."""
    sitting = _open(viewer, map_id)
    if goes:
        gone = tuple(row.id for row in _rows(viewer, map_id, sitting, goes))
        erasure.erase(Erasure(act="sitting.erase", actor=viewer.me, records=gone))
    if goes != "all":
        with act(viewer, "sitting.end") as doing:
            doing.change(sitting.thing, Sitting("drawing" if goes else "all"))
    return bool(look(viewer, Map, Q(thing=map_id)))


def _open(viewer: Viewer, map_id: UUID) -> Entry[Sitting]:
    sitting = sitting_at(viewer, map_id)
    if sitting is None:
        raise Missing
    return sitting


def _rows(viewer: Viewer, map_id: UUID, sitting: Entry[Sitting], goes: Goes) -> list[_Row]:
    """What came in since then of this map, of layers of it, and of what hangs on them."""
    began = Record.objects.get(id=sitting.thing).arrived
    layers = (entry.thing for entry in readings.all_maps(viewer) if entry.noun.of == map_id)
    tree = erasure.hanging_on(viewer.me, {map_id, *layers})
    since = Record.objects.filter(author=viewer.me, arrived__gte=began)
    rows = (_Row(*row) for row in since.values_list(*_Row._fields))
    stays = DRAWING if goes == "words" else ()
    return [row for row in rows if row.id in tree and row.kind not in stays]
