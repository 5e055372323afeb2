"""The way back through a map, gesture by gesture, as far as it goes.

A gesture that `replaces` another takes it back; one that takes back an undoing does it again. Both
follow from the plain columns, and only what a step needs is opened. A page reads the newest
gestures alone; more are read where they do not tell the whole of the last steps.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

import msgspec

from kith.maps.nouns import Drawn
from kith.maps.readings import Drawing, gestures_on
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry
from kith.records.sealing import words_in

WINDOW = 400
STEPS = 60
_ORDER = ("seen_on", "made_at", "id")
Direction = Literal["undo", "redo"]


class Mark(NamedTuple):
    """The plain columns of a gesture that say what it takes back."""

    id: UUID
    kind: str
    thing: UUID
    seen_on: datetime
    made_at: datetime
    replaces: UUID | None
    traced: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One step back: a gesture, its thing, and what the thing was before (None: not there).

    What was made at one instant is taken back together.
    """

    id: UUID
    kind: str
    thing: UUID
    made_at: datetime
    before: Drawn | None


@dataclass(frozen=True, slots=True)
class Ways:
    """The steps that can be undone, and those that can be done again; the next is the last.

    `earlier` and `further` name the first of each where there are more before it.
    """

    done: list[Way]
    undone: list[Way]
    earlier: UUID | None = None
    further: UUID | None = None
    latest: datetime | None = None


def ways(viewer: Viewer, map_id: UUID) -> Ways:
    """The last steps of a map, back and forth."""
    rows, done, undone = _walk(viewer, map_id, lambda _rows, done: len(done) > STEPS)
    back, again = _last(done), _last(undone)
    told = _told(viewer, map_id, rows, [*back, *again])
    return Ways(
        told[: len(back)],
        told[len(back) :],
        back[0].id if len(done) > len(back) else None,
        again[0].id if len(undone) > len(again) else None,
        rows[-1].seen_on if rows else None,
    )


def ways_before(
    viewer: Viewer, map_id: UUID, way: Direction, step: UUID
) -> tuple[list[Way], UUID | None]:
    """The steps before one that was told, and the first of them where there are more."""

    def reach(rows: list[Mark], found: list[Mark]) -> list[Mark]:
        places = {row.id: at for at, row in enumerate(rows)}
        return [row for row in found if places[row.id] < places.get(step, 0)]

    rows, done, undone = _walk(
        viewer, map_id, lambda rows, done: way == "redo" or len(reach(rows, done)) > STEPS, step
    )
    before = reach(rows, done if way == "undo" else undone)
    told = _told(viewer, map_id, rows, _last(before))
    return told, told[0].id if len(before) > len(told) else None


def state(viewer: Viewer, drawn: Drawing) -> dict[str, Any]:
    """All that the script on the page needs, as plain values for JSON."""
    steps = ways(viewer, drawn.map.thing)
    return {
        "figures": _plain(drawn.figures),
        "ties": _plain(drawn.ties),
        "strokes": _plain(drawn.strokes),
        "writings": _plain(drawn.writings),
        "shapes": _plain(drawn.shapes),
        "regions": _plain(drawn.regions),
        "done": [plain_way(way) for way in steps.done],
        "undone": [plain_way(way) for way in steps.undone],
        "earlier": str(steps.earlier or ""),
        "further": str(steps.further or ""),
        "latest": steps.latest.isoformat() if steps.latest else "",
    }


def plain_way(way: Way) -> dict[str, Any]:
    """One step as the script takes it."""
    body = None if way.before is None else _fields(way.before)
    plain = {"id": str(way.id), "kind": way.kind, "thing": str(way.thing)}
    return {**plain, "at": way.made_at.isoformat(), "body": body}


def _walk(
    viewer: Viewer,
    map_id: UUID,
    enough: Callable[[list[Mark], list[Mark]], bool],
    step: UUID | None = None,
) -> tuple[list[Mark], list[Mark], list[Mark]]:
    """The newest gestures, what of them is done, and what is undone.

    Nothing before them changes what is said of them as soon as none of them takes back a gesture
    from before; so more are read until that is so, `enough` is done, and `step` is among them.
    """
    found = gestures_on(viewer, map_id).order_by(*(f"-{name}" for name in _ORDER))
    size = WINDOW
    while True:
        rows = [Mark(*row) for row in found.values_list(*Mark._fields)[:size]][::-1]
        done, undone = walked(rows)
        here = {row.id for row in rows}
        closed = all(row.replaces in here for row in rows if row.replaces)
        if len(rows) < size or (closed and step in {None, *here} and enough(rows, done)):
            return rows, done, undone
        size *= 4


def _last(rows: list[Mark]) -> list[Mark]:
    """The last steps, and never a part of what was made at one instant."""
    first = max(0, len(rows) - STEPS)
    while first > 0 and rows[first - 1].made_at == rows[first].made_at:
        first -= 1
    return rows[first:]


def walked(rows: Iterable[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The gestures that count, and the undoings that can be taken back; tracing is neither."""
    done: dict[UUID, Mark] = {}
    undone: dict[UUID, Mark] = {}
    for row in rows:
        if row.traced:
            continue
        if row.replaces in done:
            del done[row.replaces]
            undone[row.id] = row
            continue
        if row.replaces in undone:
            del undone[row.replaces]
        elif row.replaces is None:
            undone.clear()
        done[row.id] = row
    return list(done.values()), list(undone.values())


def _told(viewer: Viewer, map_id: UUID, rows: list[Mark], steps: list[Mark]) -> list[Way]:
    """Steps with what their things were before, read from farther back where it lies there."""
    before = _before(rows)
    far = {row.thing for row in steps if row.id not in before and row.id != row.thing}
    if far:
        found = gestures_on(viewer, map_id).filter(thing__in=far).order_by(*_ORDER)
        before |= _before([Mark(*row) for row in found.values_list(*Mark._fields)])
    wanted = [before[row.id] for row in steps if row.id in before]
    opened = Record.objects.filter(id__in=wanted)
    words: dict[UUID, Drawn] = {
        row.id: words_in(row, opened=viewer.opened)  # type: ignore[misc]
        for row in opened
    }
    return [_way(row, words.get(before[row.id]) if row.id in before else None) for row in steps]


def _before(rows: Iterable[Mark]) -> dict[UUID, UUID]:
    """For each gesture, the one before it of the same thing."""
    last: dict[UUID, UUID] = {}
    before: dict[UUID, UUID] = {}
    for row in rows:
        if row.thing in last:
            before[row.id] = last[row.thing]
        last[row.thing] = row.id
    return before


def _way(row: Mark, was: Drawn | None) -> Way:
    return Way(row.id, row.kind, row.thing, row.made_at, None if was is None or was.away else was)


def _plain(entries: Iterable[Entry[Any]]) -> list[dict[str, Any]]:
    return [{"thing": str(entry.thing), **_fields(entry.noun)} for entry in entries]


def _fields(noun: Drawn) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(msgspec.structs.asdict(noun))
    del plain["away"]
    return plain
