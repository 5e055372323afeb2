"""What one can see of a map: the viewer first, then as of when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from kith.base import clock
from kith.base.problems import Missing
from kith.maps.nouns import DRAWN, Drawn, Figure, Helps, Map, Region, Shape, Stroke, Tie, Writing
from kith.permissions.nouns import rule_of
from kith.permissions.readings import look, look_at
from kith.permissions.scope import scope
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry
from kith.records.sealing import words_in

D = TypeVar("D", Figure, Tie, Stroke, Writing, Shape, Region)
WINDOW = 400
STEPS = 60


@dataclass(frozen=True, slots=True)
class Drawing:
    """One map with what is on the paper; ties only where both of their figures are.

    `off` is what was taken off the paper and can be put back; `helps` what lies under it.
    """

    map: Entry[Map]
    figures: tuple[Entry[Figure], ...] = ()
    ties: tuple[Entry[Tie], ...] = ()
    strokes: tuple[Entry[Stroke], ...] = ()
    writings: tuple[Entry[Writing], ...] = ()
    shapes: tuple[Entry[Shape], ...] = ()
    regions: tuple[Entry[Region], ...] = ()
    off: tuple[Entry[Any], ...] = ()
    helps: Helps = field(default_factory=Helps)

    def names(self) -> dict[UUID, Figure]:
        """The figures by their ids."""
        return {entry.thing: entry.noun for entry in self.figures}


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
    """The steps that can be undone, and those that can be done again; the next is the last."""

    done: list[Way] = field(default_factory=list)
    undone: list[Way] = field(default_factory=list)
    latest: datetime | None = None


class Mark(NamedTuple):
    """The plain columns of a gesture that say what it takes back."""

    id: UUID
    kind: str
    thing: UUID
    seen_on: datetime
    made_at: datetime
    replaces: UUID | None
    traced: bool


def all_maps(viewer: Viewer) -> list[Entry[Map]]:
    """The maps in the viewer's notebook with all of their layers, the newest last."""
    return look(viewer, Map, Q(space=viewer.notebook))


def my_maps(viewer: Viewer) -> list[Entry[Map]]:
    """The maps in the viewer's notebook without their layers, the newest last."""
    every = all_maps(viewer)
    there = {one.thing for one in every}
    return [one for one in every if one.noun.of not in there]


def a_map(viewer: Viewer, map_id: UUID) -> Entry[Map]:
    """One map of the viewer's. Raises Missing."""
    found = look_at(viewer, Map, map_id)
    if found.space != viewer.notebook:
        raise Missing
    return found


def drawing(viewer: Viewer, map_id: UUID, as_of: datetime | None = None) -> Drawing:
    """A map and what is on the paper, now or as of any time. Raises Missing."""
    return drawn_on(viewer, look_at(viewer, Map, map_id, as_of=as_of), as_of)


def drawn_on(viewer: Viewer, found: Entry[Map], as_of: datetime | None = None) -> Drawing:
    """What is on the paper of a map, now or as of any time."""
    where = Q(parent=found.thing)
    return put_together(found, lambda noun: look(viewer, noun, where, as_of=as_of))


def put_together(found: Entry[Map], see: Callable[[type[Any]], list[Entry[Any]]]) -> Drawing:
    """The drawing of a map, of what `see` shows of each kind of thing on it."""
    every = {kind: see(noun) for kind, noun in DRAWN.items()}
    here = {kind: on_the_paper(entries) for kind, entries in every.items()}
    there = {figure.thing for figure in here["figure"]}
    helps = see(Helps)
    return Drawing(
        found,
        here["figure"],
        tuple(tie for tie in here["tie"] if {tie.noun.a, tie.noun.b} <= there),
        here["stroke"],
        here["writing"],
        here["shape"],
        here["region"],
        tuple(one for entries in every.values() for one in entries if one.noun.away),
        helps[-1].noun if helps else Helps(),
    )


def figures(viewer: Viewer, as_of: datetime | None = None) -> list[Entry[Figure]]:
    """Every figure on any of the viewer's own maps, oldest first; once, on however many layers."""
    found = on_the_paper(look(viewer, Figure, Q(space=viewer.notebook), as_of=as_of))
    there = {entry.thing for entry in found}
    once: dict[UUID, Entry[Figure]] = {}
    for entry in found:
        if entry.noun.same_as not in there:
            once.setdefault(entry.noun.same_as or entry.thing, entry)
    return list(once.values())


def has_anything(viewer: Viewer, map_id: UUID) -> bool:
    """Whether anything was ever drawn on this map."""
    return _rows(viewer).filter(parent=map_id).exists()


def is_on(viewer: Viewer, map_id: UUID, thing: UUID) -> bool:
    """Whether this is a thing that was drawn on this map."""
    return _rows(viewer).filter(parent=map_id, thing=thing).exists()


def of_map(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Any]:
    """A thing of this map, on the paper or off it. Raises Missing."""
    kinds = _rows(viewer).filter(thing=thing, parent=map_id).values_list("kind", flat=True)
    for kind in kinds[:1]:
        found: list[Entry[Any]] = look(viewer, DRAWN[kind], Q(thing=thing, parent=map_id))
        return found[-1]
    raise Missing


def on_paper(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Any]:
    """As `of_map`, but only what is on the paper."""
    found = of_map(viewer, map_id, thing)
    if found.noun.away:
        raise Missing
    return found


def figure_on(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Figure]:
    """A figure on the paper of this map. Raises Missing."""
    found: Entry[Figure] = on_paper(viewer, map_id, thing)
    if not isinstance(found.noun, Figure):
        raise Missing
    return found


def tie_on(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Tie]:
    """A tie on the paper of this map. Raises Missing."""
    found: Entry[Tie] = on_paper(viewer, map_id, thing)
    if not isinstance(found.noun, Tie):
        raise Missing
    return found


def belongs_elsewhere(viewer: Viewer, map_id: UUID, kind: str, thing: UUID) -> bool:
    """Whether records of `thing` are there that are not of this kind, map and notebook."""
    here = {"kind": kind, "parent": map_id, "space": viewer.notebook}
    return Record.objects.filter(thing=thing).exclude(**here).exists()


def ways(viewer: Viewer, map_id: UUID) -> Ways:
    """How to step back through a map and forth again, as far as its last gestures reach.

    A gesture that `replaces` another takes it back; one that takes back an undoing does it
    again. Both follow from the plain columns; only what a step needs is opened.
    """
    found = gestures_on(viewer, map_id).order_by("-seen_on", "-made_at", "-id")
    rows = [Mark(*row) for row in found.values_list(*Mark._fields)[:WINDOW]][::-1]
    before = _before(rows)
    done, undone = walked(rows)
    cut = len(rows) == WINDOW
    back = _reached(done, before, cut)[-STEPS:]
    again = _reached(undone, before, cut)[-STEPS:]
    words = _words(viewer, (before.get(row.id) for row in (*back, *again)))
    latest = rows[-1].seen_on if rows else None
    return Ways(
        [_way(r, before, words) for r in back], [_way(r, before, words) for r in again], latest
    )


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
        "done": [_plain_way(way) for way in steps.done],
        "undone": [_plain_way(way) for way in steps.undone],
        "latest": steps.latest.isoformat() if steps.latest else "",
    }


def gestures_on(viewer: Viewer, map_id: UUID) -> QuerySet[Record]:
    """The gestures on a map of the viewer's. What a layer was traced with lies before its start."""
    began = Record.objects.filter(
        id=map_id, made_at=OuterRef("made_at"), seen_on__gt=OuterRef("seen_on")
    )
    return _rows(viewer).filter(parent=map_id).annotate(traced=Exists(began))


def _rows(viewer: Viewer) -> QuerySet[Record]:
    allowed = scope(viewer, rule_of(Figure), clock.now()) & Q(space=viewer.notebook)
    return Record.objects.filter(allowed, kind__in=list(DRAWN))


def on_the_paper(found: Iterable[Entry[D]]) -> tuple[Entry[D], ...]:
    """Those of them that were not taken off the paper."""
    return tuple(entry for entry in found if not entry.noun.away)


def _before(rows: Iterable[Mark]) -> dict[UUID, UUID]:
    """For each gesture, the one before it of the same thing."""
    last: dict[UUID, UUID] = {}
    before: dict[UUID, UUID] = {}
    for row in rows:
        if row.thing in last:
            before[row.id] = last[row.thing]
        last[row.thing] = row.id
    return before


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


def _reached(rows: list[Mark], before: dict[UUID, UUID], cut: bool) -> list[Mark]:
    """The steps whose thing's past lies within the window, from the last one back."""
    if not cut:
        return rows
    far = [at for at, row in enumerate(rows) if row.id not in before and row.id != row.thing]
    return rows[far[-1] + 1 :] if far else rows


def _words(viewer: Viewer, wanted: Iterable[UUID | None]) -> dict[UUID, Drawn]:
    rows = Record.objects.filter(id__in=[one for one in wanted if one])
    return {row.id: words_in(row, opened=viewer.opened) for row in rows}  # type: ignore[misc]


def _way(row: Mark, before: dict[UUID, UUID], words: dict[UUID, Drawn]) -> Way:
    was = words.get(before[row.id]) if row.id in before else None
    return Way(row.id, row.kind, row.thing, row.made_at, None if was is None or was.away else was)


def _plain(entries: Iterable[Entry[D]]) -> list[dict[str, Any]]:
    return [{"thing": str(entry.thing), **_fields(entry.noun)} for entry in entries]


def _plain_way(way: Way) -> dict[str, Any]:
    body = None if way.before is None else _fields(way.before)
    plain = {"id": str(way.id), "kind": way.kind, "thing": str(way.thing)}
    return {**plain, "at": way.made_at.isoformat(), "body": body}


def _fields(noun: Drawn) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(msgspec.structs.asdict(noun))
    del plain["away"]
    return plain
